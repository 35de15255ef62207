# With the session: it is what ends first.
{
  operation: "getOrderList",
  path: "/ssl/api/",
  session: true,
  query: {ver: "4.0", mode: "getOrderList", for: "buy", day: "2", pg: "1", ic: "50", om: "json", oe: "utf-8", ie: "utf-8"}
}
