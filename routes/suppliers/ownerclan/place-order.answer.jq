# Refusals come with HTTP 200 in errors[]; an answer without orders and without errors says nothing.
if (.errors | type) == "array" and (.data.createOrder == null) then
  {outcome: "final", reason: .errors[0].message, soldout: (.errors[0].message | test("품절|판매중지"))}
elif (.data.createOrder | type) == "array" and (.data.createOrder | length) > 0 then
  {supplierOrderIds: [.data.createOrder[].key],
   costWon: ([.data.createOrder[].products[] | .price * .quantity] | add | floor)}
else
  {outcome: "unknown", reason: "neither orders nor errors in the answer"}
end
