variable("item") as $task
| if (.data | type) != "object" then {outcome: "retry", reason: (.message // "no product in the answer")}
  elif .data | has("amountInStock") then
    .data as $shown
    | {state: "live", read: {items: [$task.items[] | select((.marketId | tostring) == ($shown.sellerItemId | tostring))
        | {key, priceWon: $shown.salePrice, stock: $shown.amountInStock, onSale: $shown.onSale}]}}
  else
    .data as $product
    | {
        state: ({"승인완료": "live", "부분승인완료": "live", "승인반려": "denied", "상품삭제": "failed"}[$product.statusName] // "pending"),
        items: [$product.items[] | select(.vendorItemId != null) | {key: .externalVendorSku, marketId: (.vendorItemId | tostring)}],
        reason: ($product.statusName // "")
      }
    | if .state == "live" and (.items | length) == 0 then .state = "pending" else . end
  end
