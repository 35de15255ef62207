# An option's price is a difference to salePrice, which is the lowest.
def cut($n): .[0:$n];
. as $task
| .product as $p
| ([.facts.addressbooks | .. | objects | select(has("addressBookNo"))]) as $books
| ([$books[] | select(.addressType == "RELEASE")][0] // $books[0]) as $from
| ([$books[] | select(.addressType == "REFUND_OR_EXCHANGE")][0] // $books[0]) as $back
| if $from == null then error("no address of our store is known; register one at Smart Store") else . end
| ($from.phoneNumber1 // $from.telNumber // "02-0000-0000") as $phone
| (.items | length > 1 or .[0].optionKey != "") as $withOptions
| {
    path: "/v2/products",
    json: {
      originProduct: {
        statusType: "SALE",
        saleType: "NEW",
        leafCategoryId: .category,
        name: (.title | cut(100)),
        detailContent: (if $p.html == "" then $task.title else $p.html end),
        images: {
          representativeImage: {url: .imageUrls[0]},
          optionalImages: [.imageUrls[1:10][] | {url: .}]
        },
        salePrice: .priceWon,
        stockQuantity: ([.items[].stock] | add),
        deliveryInfo: {
          deliveryType: "DELIVERY",
          deliveryAttributeType: "NORMAL",
          deliveryCompany: "CJGLS",
          deliveryBundleGroupUsable: false,
          deliveryFee: {deliveryFeeType: "FREE", baseFee: 0, deliveryFeePayType: "PREPAID"},
          claimDeliveryInfo: {
            returnDeliveryFee: 3000,
            exchangeDeliveryFee: 6000,
            shippingAddressId: $from.addressBookNo,
            returnAddressId: $back.addressBookNo
          }
        },
        detailAttribute: ({
          afterServiceInfo: {afterServiceTelephoneNumber: $phone, afterServiceGuideContent: "판매자 문의"},
          originAreaInfo: {originAreaCode: "03", content: "상세설명에 표시"},
          sellerCodeInfo: {sellerManagementCode: .key},
          minorPurchasable: ($p.adultOnly | not),
          taxType: (if $p.taxFree then "DUTYFREE" else "TAX" end),
          productInfoProvidedNotice: {
            productInfoProvidedNoticeType: "ETC",
            etc: {
              returnCostReason: "1", noRefundReason: "1", qualityAssuranceStandard: "1", compensationProcedure: "1",
              troubleShootingContents: "1",
              itemName: ($task.title | cut(50)),
              modelName: (if $p.model == "" then "상세페이지 참조" else ($p.model | cut(50)) end),
              manufacturer: (if $p.maker == "" then "상세페이지 참조" else ($p.maker | cut(50)) end),
              afterServiceDirector: $phone
            }
          }
        } + (if $withOptions then {optionInfo: {
          optionCombinationSortType: "CREATE",
          optionCombinationGroupNames: {optionGroupName1: ([.items[0].values[].name] | join("/") | cut(20))},
          optionCombinations: [.items[] | {
            optionName1: ([.values[].value] | join("/") | cut(25)),
            stockQuantity: .stock,
            price: (.priceWon - $task.priceWon),
            sellerManagerCode: .key,
            usable: true
          }],
          useStockManagement: true
        }} else {} end))
      },
      smartstoreChannelProduct: {naverShoppingRegistration: true, channelProductDisplayStatusType: "ON"}
    }
  }
