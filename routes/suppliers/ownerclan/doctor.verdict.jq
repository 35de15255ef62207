# Errors come with HTTP 200 in errors[].
if (.data.allOrders.edges | type) == "array" then null else (.errors[0].message // "no allOrders in the answer") end
