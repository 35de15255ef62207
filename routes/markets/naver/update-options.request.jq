. as $task
| {
    method: "PUT",
    path: "/v1/products/origin-products/\(.marketIds.originProductNo)/option-stock",
    json: {
      productSalePrice: {salePrice: .priceWon},
      optionInfo: {
        optionCombinations: [.items[] | select(.marketId != null)
          | {id: (.marketId | fromjson), stockQuantity: .stock, price: (.priceWon - $task.priceWon), usable: true}],
        useStockManagement: true
      }
    }
  }
