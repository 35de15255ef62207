# A key → one item, with the fields of a pull.
{
  path: "/v1/graphql",
  safe: true,
  json: {
    query: "query Item($key:ID!){item(key:$key){key name model production origin price(currency: KRW) pricePolicy fixedPrice(currency: KRW) searchKeywords category{fullName} content shippingFee shippingType images(size: large) status options{key price(currency: KRW) quantity optionAttributes{name value}} taxFree adultOnly openmarketSellable boxQuantity attributes metadata}}",
    variables: {key: .}
  }
}
