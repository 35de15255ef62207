if (.data.allOrders.edges | type) == "array" then
  variable("item").clientRef as $ref
  | {found: [.data.allOrders.edges[].node | select(.note == $ref) | {supplierOrderId: .key}]}
else
  {outcome: "retry", reason: (.errors[0].message // "no allOrders in the answer")}
end
