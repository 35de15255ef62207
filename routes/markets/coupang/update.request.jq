# What is sold out goes first, then prices. Steps beyond -50 % … +100 % need Coupang's force flag.
"/v2/providers/seller_api/apis/api/v1/marketplace/vendor-items" as $base
| . as $task
| [.items[] | select(.marketId != null)] as $items
| if .task == "stop" then [$items[] | {method: "PUT", path: "\($base)/\(.marketId)/sales/stop"}]
  else
    [($items[] | select(.stock != .sentStock) | {method: "PUT", path: "\($base)/\(.marketId)/quantities/\([.stock, 99999] | min)"}),
     ($items[] | select(.priceWon != .sentPriceWon) | {
       method: "PUT",
       path: "\($base)/\(.marketId)/prices/\(.priceWon)",
       query: (if .sentPriceWon == null or .priceWon * 2 < .sentPriceWon or .priceWon > .sentPriceWon * 2
         then "forceSalePriceUpdate=true" else "" end)
     }),
     ($items[] | select($task.sentOnSale == false) | {method: "PUT", path: "\($base)/\(.marketId)/sales/resume"})]
  end
