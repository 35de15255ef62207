{path: "/v2/providers/marketplace_openapi/apis/api/v2/vendor/shipping-place/outbound", query: "pageSize=50&pageNum=1"}
