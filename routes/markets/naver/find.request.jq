{
  path: "/v1/products/search",
  safe: true,
  json: {searchKeywordType: "SELLER_CODE", sellerManagementCode: .key, page: 1, size: 50}
}
