{
  operation: "return-centers",
  path: "/v2/providers/openapi/apis/api/v5/vendors/\(variable("partner").vendorId)/returnShippingCenters",
  query: "pageNum=1&pageSize=50"
}
