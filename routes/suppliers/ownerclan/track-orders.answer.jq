if (.data.allOrders.edges | type) == "array" then
  {
    trackings: [.data.allOrders.edges[].node as $order | $order.products[] | {
      clientRef: $order.note,
      supplierOrderId: $order.key,
      state: (if $order.status == "cancelled" or $order.status == "refunded" then "cancelled"
        elif (.trackingNumber // "") == "" then "pending" else "shipped" end),
      courier: (.shippingCompanyName // .shippingCompanyCode),
      trackingNo: .trackingNumber,
      shippedAt: (.shippedDate | instant)
    }],
    next: (.data.allOrders.pageInfo | if .hasNextPage then .endCursor else null end)
  }
else
  {outcome: "retry", reason: (.errors[0].message // "no allOrders in the answer")}
end
