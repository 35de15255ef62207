{
  path: "/v1/product-images/upload",
  files: [.product.images[0:10] | to_entries[] | {part: "imageFiles", name: "\(.key).jpg", url: .value}]
}
