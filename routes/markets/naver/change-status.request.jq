{
  method: "PUT",
  path: "/v1/products/origin-products/\(.marketIds.originProductNo)/change-status",
  json: {statusType: (if .task == "stop" then "SUSPENSION" else "SALE" end)}
}
