{
  path: "/v1/graphql",
  safe: true,
  json: {
    query: "query($f:Int,$a:String,$s:Timestamp){allOrders(first:$f,after:$a,shippedAfter:$s){pageInfo{hasNextPage endCursor} edges{node{key status note products{trackingNumber shippingCompanyCode shippingCompanyName shippedDate}}}}}",
    variables: {f: 100, a: .next, s: (.since | ms)}
  }
}
