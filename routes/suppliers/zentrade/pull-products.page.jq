if (.zentrade | type) != "object" then {items: [], next: null, error: "no catalogue in the answer"}
else {items: ([.zentrade.product] | flatten | map(select(. != null))), next: null} end
