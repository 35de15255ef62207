# getItemView → our product. A price may be tiers such as 1+3800|20+3500 (from quantity + price): we buy single pieces.
def text: if type == "string" then . elif type == "number" or type == "boolean" then tostring else "" end;
def yes: text | ascii_downcase | . == "true" or . == "y" or . == "yes" or . == "1";
def whole: text | if test("^[0-9]+$") then tonumber else error("not a whole number: \(.)") end;
def won: text | if contains("+") then (split("|")[0] | split("+")[1]) else . end | whole;
def listed: if type == "array" then . elif . == null or . == "" then [] else [.] end;
(.selectOpt | if type == "string" and . != "" then fromjson else null end) as $select
| (if (.price.supply | text) == "" then null else (.price.supply | won) end) as $supply
# An option's price is added to this one: 0 here would leave the addition alone as the price, so 0 stays 0 and is refused.
| ($supply // (.price.dome | won)) as $base
| (.basis.status | text) as $status
| (if (.qty.inventory | text) == "" then null else (.qty.inventory | whole) end) as $stock
| {
    sku: (.basis.no | text),
    name: .basis.title,
    state: (if $status == "판매중" or $status == "기간미지정" then (if $stock == 0 then "soldout" else "active" end)
      elif $status == "판매종료" or $status == "기간종료" then "ended" else "soldout" end),
    category: ([(.category.parents.elem? | listed | .[].name?), .category.current.name?] | map(select(. != null)) | join(">")),
    marketCategory: {},
    priceFloorWon: null,
    shipping: {
      type: (if ((.deli.pay? // null) | text) == "무료배송" then "free" else "inAdvance" end),
      feeWon: ((.deli.supply.fee? // null) | text | if test("^[0-9]+$") then tonumber else null end),
      boxQuantity: null
    },
    options: (
      if $select == null then [{key: "", values: [], costWon: $base, stock: $stock}]
      else [$select.data | to_entries[] | select(.value.hid != "1" and .value.hid != 1) | {
        key: .key,
        values: [{name: ($select.set | map(.name) | join("/")), value: .value.name}],
        costWon: (if $base == 0 then 0 else $base + (.value.supPrice | text | if . == "" then 0 else tonumber end) end),
        stock: (if (.value.hid | text) == "2" then 0 else (.value.qty | whole) end)
      }] end),
    images: ([.thumb.original?, .thumb.large?] | map(select((. // "") != "")) | .[0:1]),
    html: (.desc.contents.item? // "" | text),
    maker: (.detail.manufacturer? // "" | text),
    brand: "",
    model: (.detail.model? // "" | text),
    origin: (.detail.country? // "" | text),
    taxFree: ((.basis.tax? | text) == "면세상품"),
    adultOnly: (.basis.adult? | yes),
    openMarket: ($supply != null),
    # Images of a product may be used only when the supplier says so.
    blocked: (if $supply == null then "not sold on 도매매"
      elif ((.desc.license.usable? // null) | yes) then "" else "its images may not be used" end),
    notice: {type: (.detail.infoDuty.type? // "" | text)},
    certificates: ([.detail.safetyCert? | text] | map(select(. != ""))),
    keywords: (.basis.keywords.kw? // [] | listed)
  }
