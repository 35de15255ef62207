# Of each notice category what must be said; where nothing must, all that may.
if .code == "SUCCESS" and (.data | type) == "object" then
  {notices: [.data.noticeCategories[]?
    | (.noticeCategoryDetailNames // []) as $details
    | ([$details[] | select(.required == "MANDATORY")] | if length == 0 then $details else . end) as $said
    | {name: .noticeCategoryName, details: [$said[].noticeCategoryDetailName]}]}
else
  {outcome: "final", reason: (.message // "no metadata in the answer")}
end
