{
  path: "/ssl/api/",
  session: true,
  query: {ver: "4.1", mode: "getOrderView", for: "buy", no: (.supplierOrderId | ltrimstr("OR")), om: "json", oe: "utf-8", ie: "utf-8"}
}
