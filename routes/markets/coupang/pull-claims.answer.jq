if (.data | type) != "array" then {outcome: "retry", reason: (.message // "no list in the answer")}
else {claims: [.data[] as $claim | $claim.returnItems[] | {
  claimId: ($claim.receiptId | tostring),
  orderId: ($claim.orderId | tostring),
  lineId: "\(.shipmentBoxId):\(.vendorItemId)",
  ackId: (.shipmentBoxId | tostring),
  marketOptionId: (.vendorItemId | tostring),
  kind: (if $claim.receiptType == "CANCEL" or .releaseStatus == "N" or .releaseStatus == "S" then "cancel" else "return" end),
  state: (if $claim.receiptStatus == "RETURNS_COMPLETED" then "done" else "requested" end),
  quantity: .cancelCount,
  reason: ($claim.reasonCodeText // $claim.cancelReasonCategory1 // ""),
  at: ($claim.createdAt | instant)
}]} end
