# Not entered yet is no error: the list is empty then.
variable("item").clientRef as $ref
| [[.zentrade.ord_info?] | flatten | .[] | select(. != null and .["@pordno"] == $ref) | {
    clientRef: $ref,
    supplierOrderId: .["@ordno"],
    state: (if (.deli_info["@delinum"] // "") == "" then "pending" else "shipped" end),
    courier: .deli_info["@delicom"],
    trackingNo: .deli_info["@delinum"],
    shippedAt: null
  }]
