if (.data | type) != "object" then {outcome: "unknown", reason: (.message // "no result in the answer")}
else {
  uploaded: [.data.successProductOrderIds[]?],
  failed: [.data.failProductOrderInfos[]? | {lineId: .productOrderId, reason: "\(.code) \(.message)", retry: (.code == "9999")}]
} end
