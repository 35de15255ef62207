# Errors come with HTTP 200 in errors[].
{
  items: [.data.allItems.edges[]?.node],
  next: (.data.allItems.pageInfo | if .hasNextPage then .endCursor else null end),
  error: (if (.data.allItems | type) == "object" then null else (.errors[0].message // "no allItems in the answer") end)
}
