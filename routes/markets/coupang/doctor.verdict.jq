# A wrong signature is status 401; code is a text or a number.
(.code // 200 | tostring) | if . == "200" or . == "SUCCESS" then null else "code \(.)" end
