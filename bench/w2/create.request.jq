{
  path: "/v2/providers/seller_api/apis/api/v1/marketplace/seller-products",
  json: {
    sellerProductName: .title,
    displayCategory: .product.category,
    externalVendorSku: .product.sku,
    salePrice: .priceWon,
    maximumBuyCount: .items[0].stock,
    attributes: .product.attrs
  }
}
