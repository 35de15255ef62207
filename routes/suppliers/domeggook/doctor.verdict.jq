# Errors come with HTTP 200.
if (.domeggook.header? | type) == "object" then null
else ((.errors // .domeggook.errors // {}) | .message // "no list in the answer") end
