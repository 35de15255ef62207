if (.data.responseList | type) != "array" then {outcome: "unknown", reason: (.message // "no list in the answer")}
else {
  acknowledged: [.data.responseList[] | select(.succeed) | .shipmentBoxId | tostring],
  failed: [.data.responseList[] | select(.succeed | not)
    | {ackId: (.shipmentBoxId | tostring), reason: "\(.resultCode) \(.resultMessage // "")", retry: (.retryRequired // false)}]
} end
