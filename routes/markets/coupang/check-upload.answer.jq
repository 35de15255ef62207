# Boxes of the orders → the lines whose goods the market shows under our number; the others it refused.
def number: (. // "") | gsub("[^0-9A-Za-z]"; "");
if (.data | type) != "array" then {outcome: "retry", reason: (.message // "no list in the answer")}
else [.data[] | . as $box | .orderItems[] | "\($box.orderId) \(.vendorItemId) \($box.invoiceNumber | number)"] as $shown
| [variable("item")[] | "\(.orderId) \(.marketOptionId) \(.trackingNo | number)" as $ours | . + {shown: ($shown | index($ours) != null)}]
| {uploaded: map(select(.shown) | .lineId), failed: map(select(.shown | not) | {lineId, reason: "the market does not show the number"})}
end
