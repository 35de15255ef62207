def listed: if type == "array" then . elif type == "object" then (if has("item") then (.item | listed) else [.] end) else [] end;
variable("item") as $po
| if (.domeggook.header? | type) != "object" then
    {outcome: "retry", reason: ((.errors // .domeggook.errors // {}) | .message // "no list in the answer")}
  else
    {exact: false, found: [.domeggook.items | listed | .[]
      | select((.itemNo | tostring) == $po.sku and (.orderQty | tostring) == ($po.quantity | tostring)
          and .consumer.name == $po.receiver.name and .statusMode != "DENYBUY" and .statusMode != "DENYSELL")
      | {supplierOrderId: (.orderNo | tostring)}]}
  end
