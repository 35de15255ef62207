{
  ids: [.data.lastChangeStatuses[]?.productOrderId] | unique,
  orders: [],
  next: (.data.more // null)
}
