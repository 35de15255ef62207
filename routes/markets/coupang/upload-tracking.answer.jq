# Answers are by box; every line of a box shares its answer.
variable("item") as $tasks
| if (.data.responseList | type) != "array" then {outcome: "unknown", reason: (.message // "no list in the answer")}
  else {
    uploaded: [.data.responseList[] | select(.succeed) | (.shipmentBoxId | tostring) as $box | $tasks[] | select(.ackId == $box) | .lineId],
    failed: [.data.responseList[] | select(.succeed | not) | . as $answer | (.shipmentBoxId | tostring) as $box
      | $tasks[] | select(.ackId == $box)
      | {lineId, reason: "\($answer.resultCode) \($answer.resultMessage // "")", retry: ($answer.retryRequired // false)}]
  } end
