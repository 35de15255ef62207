# Fields are divided by pipes: a pipe in a text would shift them all.
def field: (. // "") | tostring | gsub("[|\r\n]"; " ");
def mobile: (. // "") | gsub("[^0-9]"; "")
  | if length == 11 then .[0:3] + "-" + .[3:7] + "-" + .[7:]
    elif length == 12 then .[0:4] + "-" + .[4:8] + "-" + .[8:]
    elif length == 10 then .[0:3] + "-" + .[3:6] + "-" + .[6:] else . end;
{
  path: "/ssl/api/",
  session: true,
  form: ({ver: "4.3", mode: "setOrder", receipt: "0", notify: "0", om: "json", oe: "utf-8", ie: "utf-8"} + {
    ("item[" + .sku + "]"): (["supply", "P", (if .optionKey == "" then "00" else .optionKey end) + "|" + (.quantity | tostring),
      .clientRef, (.message | field | .[0:256])] | join("||")),
    deliinfo: ([(.receiver.name | field), "", (.receiver.zip | field), (.receiver.address1 | field), (.receiver.address2 | field),
      (.receiver.phone | mobile), "", (.orderer.name | field), ""] | join("|"))
  })
}
