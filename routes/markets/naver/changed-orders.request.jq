# A next page takes moreFrom and moreSequence of the one before; the end of the window stays.
def time: kst("yyyy-MM-dd'T'HH:mm:ss.SSS") + "+09:00";
{
  path: "/v1/pay-order/seller/product-orders/last-changed-statuses",
  query: ({lastChangedFrom: (.next.moreFrom // (.since | time)), lastChangedTo: (.until | time), limitCount: 300}
    + (if .next == null then {} else {moreSequence: .next.moreSequence} end))
}
