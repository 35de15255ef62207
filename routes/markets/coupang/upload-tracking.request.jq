{
  path: "/v2/providers/openapi/apis/api/v4/vendors/\(variable("partner").vendorId)/orders/invoices",
  json: {
    vendorId: variable("partner").vendorId,
    orderSheetInvoiceApplyDtos: [.[] | {
      shipmentBoxId: (.ackId | fromjson),
      orderId: (.orderId | fromjson),
      vendorItemId: (.marketOptionId | fromjson),
      deliveryCompanyCode: .courier,
      invoiceNumber: .trackingNo,
      splitShipping: false,
      preSplitShipped: false,
      estimatedShippingDate: ""
    }]
  }
}
