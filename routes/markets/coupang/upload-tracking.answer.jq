# Answers are by box; every line of a box shares its answer.
# What an upload that arrived before makes of its repeat is checked: the box has left, or the part of it that was split off.
def had: . as $code | ["INVALID_STATUS", "NOT_FOUND_SHIPMENT_BOX", "NOT_FOUND_VENDOR_ITEM", "NOT_ALLOW_INVOICE_NUMBER_RE_UPLOAD"] | index($code) != null;
variable("item") as $tasks
| if (.data.responseList | type) != "array" then {outcome: "unknown", reason: (.message // "no list in the answer")}
  else {
    uploaded: [.data.responseList[] | select(.succeed) | (.shipmentBoxId | tostring) as $box | $tasks[] | select(.ackId == $box) | .lineId],
    failed: [.data.responseList[] | select(.succeed | not) | . as $answer | (.shipmentBoxId | tostring) as $box
      | $tasks[] | select(.ackId == $box)
      | {lineId, reason: "\($answer.resultCode) \($answer.resultMessage // "")", retry: ($answer.retryRequired // false),
         check: ($answer.resultCode | had)}]
  } end
