# Errors come with HTTP 200 in errors[]; an item that is not there is null.
if (.data.item? | type) == "object" then .data.item
else {outcome: "final", reason: (.errors[0].message? // "there is no such item")} end
