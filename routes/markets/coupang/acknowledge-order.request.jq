{
  method: "PUT",
  path: "/v2/providers/openapi/apis/api/v4/vendors/\(variable("partner").vendorId)/ordersheets/acknowledgement",
  json: {vendorId: variable("partner").vendorId, shipmentBoxIds: ([.[].ackId] | unique | map(fromjson))}
}
