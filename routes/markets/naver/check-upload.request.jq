{
  path: "/v1/pay-order/seller/product-orders/query",
  safe: true,
  json: {productOrderIds: ([.[].lineId] | unique), quantityClaimCompatibility: true}
}
