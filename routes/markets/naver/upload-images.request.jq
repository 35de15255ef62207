{
  path: "/v1/product-images/upload",
  files: [.batch[] | {part: "imageFiles", name: .name, type: .type, key: .key}]
}
