# {since, until, next, page, startedAt} → one page of items in the order of their changes, so that nothing is passed over.
{
  path: "/v1/graphql",
  safe: true,
  json: {
    query: "query Items($first:Int,$after:String,$from:Timestamp,$to:Timestamp){allItems(first:$first,after:$after,dateFrom:$from,dateTo:$to,sortBy:dateAsc){pageInfo{hasNextPage endCursor} edges{node{key name model production origin price(currency: KRW) pricePolicy fixedPrice(currency: KRW) searchKeywords category{fullName} content shippingFee shippingType images(size: large) status options{key price(currency: KRW) quantity optionAttributes{name value}} taxFree adultOnly openmarketSellable boxQuantity attributes metadata}}}}",
    variables: ({first: 1000, after: .next, from: (if .since == null then 0 else (.since | ms) end)}
      + (if .until == null then {} else {to: (.until | ms)} end))
  }
}
