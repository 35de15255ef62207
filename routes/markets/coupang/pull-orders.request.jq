# {since, until} → one reading by minute for each state; "+" is written %2B, ":" stays as it is.
def minute: kst("yyyy-MM-dd'T'HH:mm") + "%2B09:00";
. as $poll
| [("ACCEPT", "INSTRUCT") | {
    path: "/v2/providers/openapi/apis/api/v5/vendors/\(variable("partner").vendorId)/ordersheets",
    query: "createdAtFrom=\($poll.since | minute)&createdAtTo=\($poll.until | shift("PT1M") | minute)&searchType=timeFrame&status=\(.)"
  }]
