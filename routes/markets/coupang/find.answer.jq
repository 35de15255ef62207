if (.data | type) != "array" then {outcome: "retry", reason: (.message // "no list in the answer")}
elif (.data | length) == 0 then {found: false}
else {found: true, state: "pending", marketIds: {sellerProductId: .data[0].sellerProductId}} end
