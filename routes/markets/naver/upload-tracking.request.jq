{
  path: "/v1/pay-order/seller/product-orders/dispatch",
  json: {dispatchProductOrders: [.[] | {
    productOrderId: .lineId,
    deliveryMethod: "DELIVERY",
    deliveryCompanyCode: .courier,
    trackingNumber: .trackingNo,
    dispatchDate: (instant_now | kst("yyyy-MM-dd'T'HH:mm:ss.SSS") + "+09:00")
  }]}
}
