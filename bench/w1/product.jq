# SPEC.md of the bench, "Normalise": the price is computed in hundredths of a won and rounded up to the next 10 won.
{
  sku: .product_id,
  name: (.name | squeeze),
  state: "active",
  category: (table("categories.json")[.category_code] // "기타"),
  options: [{
    key: "", values: [],
    costWon: (((.price | if . < 10000 then . * 135 elif . < 50000 then . * 125 else . * 118 end)
      + (if .free_shipping then 0 else 250000 end) + 999) / 1000 | floor * 10),
    stock: (if .stock < 0 then 0 else .stock end)
  }],
  blocked: "a bench sells nothing",
  attrs: {brand, origin, options, images}
}
