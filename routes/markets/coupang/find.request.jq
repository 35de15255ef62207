{path: "/v2/providers/seller_api/apis/api/v1/marketplace/seller-products/external-vendor-sku-codes/\(.items[0].key | @uri)"}
