# "해당 주문이 취소 또는 반품 되었습니다.": an order that is cancelled or given back is refused with 400, not shown.
if .outcome == "final" and .status == 400 and ((.reason // "") | contains("취소 또는 반품")) then
  {item, status, outcome: "ok", reason: "", result: {orders: [], cancelled: ([.item[].orderId] | unique)}}
else . end
