{path: "/v2/products/origin-products/\(.marketIds.originProductNo)"}
