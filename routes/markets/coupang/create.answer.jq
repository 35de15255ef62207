# Either {code: SUCCESS, data: id} or nested {code: "200", data: {code: SUCCESS, data: id}}.
(if (.data | type) == "object" then .data else . end) as $answer
| if $answer.code == "SUCCESS" and ($answer.data | type) == "number" then
    {state: "pending", marketIds: {sellerProductId: $answer.data}}
  elif $answer.code == "ERROR" then
    {outcome: "final", reason: ($answer.message // "refused without a message")}
  else
    {outcome: "unknown", reason: "no product number in the answer"}
  end
