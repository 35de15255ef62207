def phone: (. // "") | gsub("[^0-9]"; "");
if (.data | type) != "array" then {outcome: "retry", reason: (.message // "no list in the answer")}
else {
  orders: [.data[] | .productOrder as $po | select($po.productOrderStatus != "PAYMENT_WAITING") | {
    orderId: .order.orderId,
    orderedAt: ((.order.paymentDate // .order.orderDate) | instant),
    receiver: {
      name: $po.shippingAddress.name,
      phone: ($po.shippingAddress.tel1 | phone),
      zip: $po.shippingAddress.zipCode,
      address1: $po.shippingAddress.baseAddress,
      address2: ($po.shippingAddress.detailedAddress // ""),
      message: ($po.shippingMemo // "")
    },
    orderer: {name: .order.ordererName, phone: (.order.ordererTel | phone)},
    lines: [{
      lineId: $po.productOrderId,
      ackId: $po.productOrderId,
      marketOptionId: ($po.optionCode // ""),
      sellerCode: ($po.optionManageCode // $po.sellerProductCode // ""),
      name: $po.productName,
      option: ($po.productOption // ""),
      quantity: ($po.remainQuantity // $po.quantity),
      unitPriceWon: ($po.unitPrice + ($po.optionPrice // 0)),
      status: (if ($po.productOrderStatus | startswith("CANCELED")) then "cancelled"
        elif $po.productOrderStatus != "PAYED" then "shipped"
        elif $po.placeOrderStatus == "OK" then "acknowledged" else "new" end)
    }]
  }],
  claims: [.data[] | select((.productOrder.claimId // "") != "") | {
    claimId: .productOrder.claimId,
    orderId: .order.orderId,
    lineId: .productOrder.productOrderId,
    ackId: .productOrder.productOrderId,
    marketOptionId: (.productOrder.optionCode // ""),
    kind: (.productOrder.claimType | if . == "RETURN" then "return" elif . == "EXCHANGE" then "exchange" else "cancel" end),
    state: (.productOrder.claimStatus | if endswith("_DONE") then "done" elif endswith("_REJECT") then "rejected" else "requested" end),
    quantity: ((.cancel // .return // .exchange // {}).requestQuantity // .productOrder.quantity),
    reason: ((.cancel // .return // .exchange // {}) | .cancelReason // .returnReason // .exchangeReason // ""),
    at: (((.cancel // .return // .exchange // {}).claimRequestDate // .order.paymentDate) | instant)
  }]
} end
