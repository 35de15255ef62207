# The answer comes in pieces (each: of the request); @next and @total are the hub's: the next piece, items of all pieces.
if (.zentrade | type) != "object" then {items: [], next: null, error: "no catalogue in the answer"}
else {items: ([.zentrade.product] | flatten | map(select(. != null))), next: .["@next"], total: .["@total"]} end
