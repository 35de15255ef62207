{
  method: "PATCH",
  path: "/v1/products/origin-products/multi-update",
  json: {multiProductUpdateRequestVos: [{
    originProductNo: .marketIds.originProductNo,
    multiUpdateTypes: (["SALE_PRICE", "STOCK"] + (if .items[0].stock > 0 then ["PRODUCT_STATUS_SALE"] else [] end)),
    productSalePrice: {salePrice: .items[0].priceWon},
    stockQuantity: .items[0].stock
  }]}
}
