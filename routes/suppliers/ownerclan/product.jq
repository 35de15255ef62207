# One item of allItems → our product. metadata is an object or JSON text; the won are whole though the type is Float.
def blank: if . == null or . == "" then null else tostring end;
(.metadata | if type == "string" then (fromjson? // {}) else (. // {}) end) as $meta
| (.attributes // []) as $flags
| {
    sku: .key,
    name: .name,
    state: ({available: "active", soldout: "soldout", unavailable: "soldout", discontinued: "ended"}[.status]
      // error("status " + (.status | tostring) + " is not known")),
    category: (.category.fullName // ""),
    marketCategory: ({coupang: ($meta.coupangCategoryCode | blank), naver: ($meta.smartstoreCategoryCode | blank)}
      | with_entries(select(.value != null))),
    priceFloorWon: (if .pricePolicy == "fixed" then .fixedPrice else null end),
    shipping: {type: .shippingType, feeWon: .shippingFee, boxQuantity: (if (.boxQuantity // 0) > 0 then .boxQuantity else null end)},
    options: [.options[]? | {
      key: (if (.optionAttributes | length) == 0 then "" else .key end),
      values: .optionAttributes,
      costWon: .price,
      stock: .quantity
    }],
    images: (.images // []),
    html: (.content // ""),
    maker: (.production // ""),
    brand: "",
    model: (.model // ""),
    origin: (.origin // ""),
    taxFree: (.taxFree // false),
    adultOnly: (.adultOnly // false),
    openMarket: (.openmarketSellable // false),
    # Manual: PROHIBIT stops at once; food and medical goods need a licence; overseas goods need customs data.
    blocked: ($flags | map(select(. == "PROHIBIT" or . == "ATTR_H_FOOD" or . == "ATTR_MEDICAL" or startswith("ATTR_OVERSEA"))) | join(",")),
    notice: ($meta.productNotificationInformation // {}),
    certificates: ($meta.certificateInformation // []),
    keywords: (.searchKeywords | if type == "array" then . else [] end)
  }
