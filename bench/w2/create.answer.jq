if .code == "SUCCESS" and (.data | type) == "number" then {state: "live", marketIds: {sellerProductId: .data}}
else {outcome: "final", reason: (.message // "refused without a message")} end
