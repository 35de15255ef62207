{
  path: "/v1/product-images/upload",
  files: [{supplier, sku} as $whose | .product.images[0:10] | to_entries[] | $whose + {part: "imageFiles", name: "\(.key)", url: .value}]
}
