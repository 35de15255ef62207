variable("item").key as $key
| if (.contents | type) != "array" then {outcome: "retry", reason: (.message // "no list in the answer")}
  else
    ([.contents[] | . as $origin | .channelProducts[] | select(.sellerManagementCode == $key)
      | {originProductNo: $origin.originProductNo, channelProductNo: .channelProductNo}][0]) as $ids
    | if $ids == null then {found: false} else {found: true, state: "pending", marketIds: $ids} end
  end
