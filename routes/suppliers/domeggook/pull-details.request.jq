{path: "/ssl/api/", query: {ver: "4.5", mode: "getItemView", no: ., om: "json", oe: "utf-8", ie: "utf-8"}}
