# One product element → our product. Options are divided by ↑=↑, their fields by ^|^; an option's price is a full price.
def trim: (. // "") | gsub("^\\s+|\\s+$"; "");
(.status["@runout"] == "1") as $out
| (.price["@buyprice"] | trim) as $price
| .option["@opt1nm"] as $group
| ([.option["#"] // "" | split("↑=↑")[] | trim | select(. != "") | split("^|^") | map(trim) | select(.[0] != "")]) as $options
| {
    sku: .["@code"],
    name: (.prdtname["#"] | trim),
    state: (if $out then "soldout" else "active" end),
    category: (.dome_category["#"] | trim),
    marketCategory: {},
    priceFloorWon: null,
    shipping: {type: "inAdvance", feeWon: null, boxQuantity: null},
    # No stock is told, only sold out or not: 100 is what we show the markets.
    options: (if ($options | length) == 0 then [{key: "", values: [], costWon: $price, stock: (if $out then 0 else 100 end)}]
      else [$options[] | {
        key: .[0],
        values: [{name: (if ($group | trim) == "" then "옵션" else ($group | trim) end), value: .[0]}],
        costWon: (if (.[1] // "") == "" then $price else .[1] end),
        stock: (if $out then 0 else 100 end)
      }] end),
    images: ([.listimg["@url1"], .listimg["@url2"], .listimg["@url3"], .listimg["@url4"], .listimg["@url5"]] | map(select((. // "") != ""))),
    html: (.content["#"] // ""),
    maker: (.baseinfo["@productcom"] // ""),
    brand: (.baseinfo["@brand"] // ""),
    model: (.baseinfo["@model"] // ""),
    origin: (.baseinfo["@madein"] // ""),
    taxFree: (.price["@taxmode"] == "N"),
    adultOnly: false,
    openMarket: true,
    blocked: "",
    notice: {code: (.scategory["@classcode"] // "")},
    certificates: [],
    keywords: [.keyword["#"] // "" | split(",")[] | trim | select(. != "")]
  }
