# A wrong key gets the same empty list as an order that does not exist.
if (.zentrade | type) == "object" then false else "no list in the answer" end
