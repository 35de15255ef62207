# Product orders as they are now → those dispatched with our number; the others with what the market shows instead.
def number: (. // "") | gsub("[^0-9A-Za-z]"; "");
if (.data | type) != "array" then {outcome: "retry", reason: (.message // "no list in the answer")}
else (reduce .data[] as $order ({}; .[$order.productOrder.productOrderId | tostring] = ($order.delivery.trackingNumber | number))) as $shown
| [variable("item")[] | . + {shown: ($shown[.lineId] // "")} | . + {ours: (.shown == (.trackingNo | number))}]
| {
    uploaded: map(select(.ours) | .lineId),
    failed: map(select(.ours | not) | {lineId, reason: (if .shown == "" then "the market does not show the number" else "the market shows \(.shown) instead" end)})
  }
end
