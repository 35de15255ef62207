if (.data | type) != "object" then {outcome: "unknown", reason: (.message // "no result in the answer")}
else {
  acknowledged: [.data.successProductOrderInfos[]?.productOrderId],
  addressChanged: [.data.successProductOrderInfos[]? | select(.isReceiverAddressChanged) | .productOrderId],
  failed: [.data.failProductOrderInfos[]? | {ackId: .productOrderId, reason: "\(.code) \(.message)", retry: (.code == "9999")}]
} end
