# A listing task → a product document that asks for approval at once. Names are Coupang's, SEQUENCIAL spelt as they do.
def cut($n): .[0:$n];
# The notices of the category, those of "other goods" first; not every category knows each of them.
def notices: (.metadata.notices? // []) | map(select(.details | length > 0))
  | (map(select(.name == "기타 재화")) + .)[0] // {
      name: "기타 재화",
      details: ["품명 및 모델명", "인증/허가 사항", "제조국(원산지)", "제조자(수입자)", "소비자상담 관련 전화번호"]
    };
. as $task
| .product as $p
| (.facts["outbound-places"].content | map(select(.usable != false)) | .[0]) as $from
| (.facts["return-centers"].data.content | map(select(.usable != false)) | .[0]) as $back
| if $from == null or $back == null then error("no outbound place or return center is known; register them in WING") else . end
| ($back.placeAddresses[0]) as $address
| ($p.shipping.feeWon // 0) as $fee
| {
    path: "/v2/providers/seller_api/apis/api/v1/marketplace/seller-products",
    json: ({
      sellerProductName: (.title | cut(100)),
      vendorId: variable("partner").vendorId,
      saleStartedAt: (instant_now | kst("yyyy-MM-dd'T'00:00:00")),
      saleEndedAt: "2099-12-31T23:59:59",
      displayProductName: (.title | cut(100)),
      brand: (if $p.brand == "" then $p.maker else $p.brand end | cut(100)),
      generalProductName: (.title | cut(100)),
      productGroup: ($p.category | split(">") | last // "" | cut(50)),
      deliveryMethod: "SEQUENCIAL",
      deliveryCompanyCode: ($back.deliverCode // "CJGLS"),
      deliveryChargeType: "FREE",
      deliveryCharge: 0,
      freeShipOverAmount: 0,
      deliveryChargeOnReturn: (if $fee > 0 then $fee else 3000 end),
      remoteAreaDeliverable: "N",
      unionDeliveryType: "NOT_UNION_DELIVERY",
      returnCenterCode: $back.returnCenterCode,
      returnChargeName: $back.shippingPlaceName,
      companyContactNumber: $address.companyContactNumber,
      returnZipCode: $address.returnZipCode,
      returnAddress: $address.returnAddress,
      returnAddressDetail: $address.returnAddressDetail,
      returnCharge: (if $fee > 0 then $fee else 3000 end),
      outboundShippingPlaceCode: $from.outboundShippingPlaceCode,
      vendorUserId: variable("partner").account,
      requested: true,
      requiredDocuments: [],
      extraInfoMessage: "",
      manufacture: ($p.maker | cut(100)),
      items: [.items[] as $item | {
        itemName: (if $item.optionKey == "" then "단품" else ([$item.values[].value] | join(" ")) end | cut(150)),
        originalPrice: $item.priceWon,
        salePrice: $item.priceWon,
        maximumBuyCount: ([$item.stock, 99999] | min),
        maximumBuyForPerson: 0,
        maximumBuyForPersonPeriod: 1,
        outboundShippingTimeDay: 2,
        unitCount: 1,
        adultOnly: (if $p.adultOnly then "ADULT_ONLY" else "EVERYONE" end),
        taxType: (if $p.taxFree then "FREE" else "TAX" end),
        parallelImported: "NOT_PARALLEL_IMPORTED",
        overseasPurchased: "NOT_OVERSEAS_PURCHASED",
        pccNeeded: false,
        externalVendorSku: $item.key,
        barcode: "",
        emptyBarcode: true,
        emptyBarcodeReason: "제조사 바코드 없음",
        modelNo: ($p.model | cut(50)),
        certifications: [{certificationType: "NOT_REQUIRED", certificationCode: ""}],
        searchTags: [$p.keywords[]? | cut(20)][0:20],
        images: [$task.imageUrls | to_entries[] | {
          imageOrder: .key,
          imageType: (if .key == 0 then "REPRESENTATION" else "DETAIL" end),
          vendorPath: .value
        }],
        notices: [$task | notices as $notice | $notice.details[] | {
          noticeCategoryName: $notice.name, noticeCategoryDetailName: ., content: "상세페이지 참조"
        }],
        attributes: ([{attributeTypeName: "수량", attributeValueName: "1개"}]
          + [$item.values[] | {attributeTypeName: (.name | cut(25)), attributeValueName: (.value | cut(30))}]),
        contents: [{contentsType: "HTML", contentDetails: [{content: (if $p.html == "" then $task.title else $p.html end), detailType: "TEXT"}]}],
        offerCondition: "NEW"
      }]
    } + (if .category == null or .category == "" then {} else {displayCategoryCode: (.category | tonumber)} end))
  }
