# Until every item has its vendorItemId: the product. After that: what the market shows of each item.
"/v2/providers/seller_api/apis/api/v1/marketplace" as $base
| if any(.items[]; .marketId == null) then
    {path: "\($base)/seller-products/\(.marketIds.sellerProductId)"}
  else
    [.items[] | {path: "\($base)/vendor-items/\(.marketId)/inventories"}]
  end
