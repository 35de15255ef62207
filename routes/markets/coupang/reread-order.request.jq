# A job is an order, so one claimed job is one request, and a refusal says which order it means.
[.[].orderId] | unique | map({path: "/v2/providers/openapi/apis/api/v5/vendors/\(variable("partner").vendorId)/\(.)/ordersheets"})
