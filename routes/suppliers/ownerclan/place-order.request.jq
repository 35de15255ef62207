{
  path: "/v1/graphql",
  json: {
    query: "mutation($i:OrderInput!){createOrder(input:$i){key status note products{itemKey quantity price(currency: KRW)} shippingInfo{shippingFee}}}",
    variables: {i: {
      sender: {name: .orderer.name, phoneNumber: .orderer.phone},
      recipient: {
        name: .receiver.name,
        phoneNumber: .receiver.phone,
        destinationAddress: {addr1: .receiver.address1, addr2: .receiver.address2, postalCode: .receiver.zip}
      },
      products: [{quantity: .quantity, itemKey: .sku, optionAttributes: [.values[]?.value]}],
      note: .clientRef,
      ordererNote: .message
    }}
  }
}
