(.domeggook.items? | if type == "array" then .[0] elif type == "object" and has("item") then (.item | if type == "array" then .[0] else . end) else . end) as $order
| if ($order | type) != "object" then
    {outcome: "retry", reason: ((.errors // .domeggook.errors // {}) | .message // "no order in the answer")}
  else
    [{
      clientRef: variable("item").clientRef,
      supplierOrderId: variable("item").supplierOrderId,
      state: (if $order.statusMode == "DENYBUY" or $order.statusMode == "DENYSELL" then "cancelled"
        elif (($order.delivery | type) == "object") and (($order.delivery.code // "" | tostring) != "") then "shipped" else "pending" end),
      courier: ($order.delivery.companyName? // $order.delivery.company?),
      trackingNo: ($order.delivery.code? // "" | tostring),
      shippedAt: null
    }]
  end
