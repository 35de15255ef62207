# The unit is the shipment box; one order may have several, one box several items. Numbers of 18 digits stay as they are.
def phone: (. // "") | gsub("[^0-9+]"; "") | if startswith("+82") then "0" + .[3:] else . end;
if (.data | type) != "array" then {outcome: "retry", reason: (.message // "no list in the answer")}
else {orders: [.data[] | . as $box | {
  orderId: (.orderId | tostring),
  orderedAt: (.orderedAt | instant),
  receiver: {
    name: .receiver.name,
    phone: ((.receiver.receiverNumber // .receiver.safeNumber) | phone),
    zip: .receiver.postCode,
    address1: .receiver.addr1,
    address2: (.receiver.addr2 // ""),
    message: (.parcelPrintMessage // "")
  },
  orderer: {name: .orderer.name, phone: ((.orderer.ordererNumber // .orderer.safeNumber) | phone)},
  lines: [.orderItems[] | {
    lineId: "\($box.shipmentBoxId):\(.vendorItemId)",
    ackId: ($box.shipmentBoxId | tostring),
    marketOptionId: (.vendorItemId | tostring),
    sellerCode: (.externalVendorSkuCode // ""),
    name: .sellerProductName,
    option: (.sellerProductItemName // ""),
    quantity: (.shippingCount - ((.holdCountForCancel // 0) + (.cancelCount // 0))),
    unitPriceWon: .salesPrice.units,
    status: (if .canceled == true or .shippingCount <= ((.holdCountForCancel // 0) + (.cancelCount // 0)) then "cancelled"
      elif $box.status == "ACCEPT" then "new" elif $box.status == "INSTRUCT" then "acknowledged" else "shipped" end)
  }]
}]} end
