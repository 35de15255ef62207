# By order, not by box: the part of a split box that was sent already has another box number.
[.[].orderId] | unique | map({path: "/v2/providers/openapi/apis/api/v5/vendors/\(variable("partner").vendorId)/\(.)/ordersheets"})
