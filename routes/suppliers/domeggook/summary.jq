# A line of the list: it says that there is something, and when it changed; options and stock come from getItemView.
{
  sku: (.no | tostring),
  name: .title,
  state: "active",
  summary: true,
  listed: {price: (.price | tostring), unit: (.unitQty | tostring), delivery: (.deli.fee? // "" | tostring)}
}
