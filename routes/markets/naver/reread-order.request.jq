# A job is an order; its product orders may be more than one call takes.
def calls: if length == 0 then empty else .[:300], (.[300:] | calls) end;
[[.[].lineId] | unique | calls | {
  path: "/v1/pay-order/seller/product-orders/query",
  safe: true,
  json: {productOrderIds: ., quantityClaimCompatibility: true}
}]
