# One parcel of a box a call: every option of the box is named, those that follow later without a number and with their day.
{
  path: "/v2/providers/openapi/apis/api/v4/vendors/\(variable("partner").vendorId)/orders/invoices",
  json: {
    vendorId: variable("partner").vendorId,
    orderSheetInvoiceApplyDtos: [group_by(.ackId)[] | . as $tasks | .[0] as $task
      | (([$tasks[].marketOptionId] + ($task.with // [])) | unique | map({option: ., number: $task.trackingNo, day: ""}))
        + (($task.later // []) | map({option: ., number: "", day: $task.today}))
      | .[] | {
        shipmentBoxId: ($task.ackId | fromjson),
        orderId: ($task.orderId | fromjson),
        vendorItemId: (.option | fromjson),
        deliveryCompanyCode: $task.courier,
        invoiceNumber: .number,
        splitShipping: (($task.broken // false) or (($task.later // []) | length > 0)),
        preSplitShipped: ($task.broken // false),
        estimatedShippingDate: .day
      }]
  }
}
