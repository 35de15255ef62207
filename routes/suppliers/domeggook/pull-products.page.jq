# Types vary: a number may be text, one element may stand without its list, what is missing may be "".
def whole: if type == "string" then tonumber else . end;
(.domeggook.header // {}) as $header
| {
    items: [.domeggook.list.item? | if type == "array" then .[] elif type == "object" then . else empty end],
    total: ($header.numberOfItems // null | if . == null then null else whole end),
    next: (if ($header.currentPage != null) and (($header.currentPage | whole) < ($header.numberOfPages | whole))
      then ($header.currentPage | whole) + 1 else null end),
    error: ((.errors // .domeggook.errors // null) | if . == null
      then null else (.message // "error \(.code)") end)
  }
| if .error == null and $header == {} then .error = "no header in the answer" else . end
