variable("item") as $task
| .originProduct as $origin
| if ($origin | type) != "object" then {outcome: "retry", reason: (.message // "no product in the answer")}
  else
    ($origin.detailAttribute.optionInfo.optionCombinations // []) as $options
    | ($origin.statusType == "SALE" or $origin.statusType == "OUTOFSTOCK") as $live
    | {
        state: (if $live or $origin.statusType == "WAIT" then "live"
          elif $origin.statusType == "SUSPENSION" or $origin.statusType == "PROHIBITION" then "suspended"
          elif $origin.statusType == "REJECTION" or $origin.statusType == "UNADMISSION" then "denied"
          else "failed" end),
        reason: $origin.statusType,
        items: (if ($options | length) > 0 then [$options[] | {key: .sellerManagerCode, marketId: (.id | tostring)}]
          else [{key: $task.items[0].key, marketId: ($task.marketIds.originProductNo | tostring)}] end),
        read: {items: (if ($options | length) > 0
          then [$options[] | {key: .sellerManagerCode, priceWon: ($origin.salePrice + .price), stock: .stockQuantity, onSale: ($live and .usable)}]
          else [{key: $task.items[0].key, priceWon: $origin.salePrice, stock: $origin.stockQuantity, onSale: $live}] end)}
      }
  end
