if (.originProductNo | type) == "number" then
  {state: "pending", marketIds: {originProductNo: .originProductNo, channelProductNo: .smartstoreChannelProductNo}}
else
  {outcome: "unknown", reason: (.message // "no product number in the answer")}
end
