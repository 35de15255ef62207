# Dates carry no offset here; they are Korean time.
def minute: kst("yyyy-MM-dd'T'HH:mm");
. as $poll
| [("status=RU", "cancelType=CANCEL") | {
    path: "/v2/providers/openapi/apis/api/v6/vendors/\(variable("partner").vendorId)/returnRequests",
    query: "searchType=timeFrame&createdAtFrom=\($poll.since | minute)&createdAtTo=\($poll.until | shift("PT1M") | minute)&\(.)"
  }]
