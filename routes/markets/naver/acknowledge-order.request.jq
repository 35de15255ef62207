{path: "/v1/pay-order/seller/product-orders/confirm", json: {productOrderIds: ([.[].ackId] | unique)}}
