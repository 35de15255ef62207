{
  path: "/ssl/api/",
  query: {ver: "4.1", mode: "getItemList", market: "supply", om: "json", oe: "utf-8", ie: "utf-8", sz: 200, pg: (.next // 1), so: "da"}
}
