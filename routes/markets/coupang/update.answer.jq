if .code == "SUCCESS" then {} else {outcome: "final", reason: (.message // "refused without a message")} end
