if (.domeggook.basis? | type) == "object" then
  .domeggook
else
  {outcome: "final", reason: ((.errors // .domeggook.errors // {}) | .message // "no item in the answer")}
end
