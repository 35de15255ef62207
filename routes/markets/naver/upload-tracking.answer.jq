# What a dispatch that arrived before makes of its repeat is checked: same state as before, not to be dispatched any more, number in use.
def had: . as $code | ["105306", "104442", "104121"] | index($code) != null;
if (.data | type) != "object" then {outcome: "unknown", reason: (.message // "no result in the answer")}
else {
  uploaded: [.data.successProductOrderIds[]?],
  failed: [.data.failProductOrderInfos[]? | {lineId: .productOrderId, reason: "\(.code) \(.message)", retry: (.code == "9999"),
    check: (.code | tostring | had)}]
} end
