def problem: .errors // .domeggook.errors;
if .domeggook.result? == "SUCCESS" then
  {supplierOrderIds: [.domeggook.order.orderNo | tostring], costWon: null}
elif (problem | type) == "object" then
  {outcome: "final", reason: "\(problem.code // "") \(problem.message // "")", soldout: ((problem.message // "") | test("품절"))}
else
  {outcome: "unknown", reason: "neither a result nor an error in the answer"}
end
