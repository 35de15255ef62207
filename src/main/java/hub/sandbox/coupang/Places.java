package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;

/** Where the vendor ships from and takes returns: one place each. */
final class Places {

    static final long OUTBOUND_PLACE = 740_100;
    static final String RETURN_CENTER = "1000999999";

    private final String vendorId;

    Places(String vendorId) {
        this.vendorId = vendorId;
    }

    void register(Routes routes) {
        routes.add(
                "GET",
                "/v2/providers/marketplace_openapi/apis/api/v2/vendor/shipping-place/outbound",
                "list-outbound-places",
                this::outbound);
        routes.vendor("GET", "v5", "/returnShippingCenters", "list-return-centers", this::returnCenters);
    }

    private Answer outbound(Call call) {
        checkPage(call);
        ObjectNode body = Envelope.object();
        ObjectNode place = body.putArray("content").addObject();
        place.put("outboundShippingPlaceCode", OUTBOUND_PLACE)
                .put("shippingPlaceName", "출고지_1")
                .put("createDate", "2026/01/02");
        addAddress(place);
        place.putArray("remoteInfos")
                .addObject()
                .put("remoteInfoId", 1)
                .put("deliveryCode", "CJGLS")
                .put("jeju", 5000)
                .put("notJeju", 5000)
                .put("usable", true);
        place.put("usable", true);
        addPagination(body);
        return Envelope.json(200, body);
    }

    private Answer returnCenters(Call call) {
        checkPage(call);
        ObjectNode body = Envelope.object().put("code", 200).put("message", "SUCCESS");
        ObjectNode data = body.putObject("data");
        ObjectNode center = data.putArray("content").addObject();
        center.put("vendorId", vendorId)
                .put("returnCenterCode", RETURN_CENTER)
                .put("shippingPlaceName", "반품지_1")
                .put("deliverCode", "CJGLS")
                .put("deliverName", "CJ대한통운")
                .put("goodsflowStatus", "승인")
                .put("errorMessage", "")
                .put("createdAt", 1_767_225_600_000L)
                .put("returnFee05kg", 3000)
                .put("usable", true);
        addAddress(center);
        addPagination(data);
        return Envelope.json(200, body);
    }

    private static void checkPage(Call call) {
        String size = call.query("pageSize").orElse("10");
        if (!size.matches("[1-9]\\d?") || Integer.parseInt(size) > 50) {
            throw RefusedException.order("pageSize should be between 1 and 50");
        }
    }

    private static void addAddress(ObjectNode place) {
        place.putArray("placeAddresses")
                .addObject()
                .put("addressType", "ROADNAME")
                .put("countryCode", "KR")
                .put("companyContactNumber", "02-0000-0000")
                .put("phoneNumber2", "")
                .put("returnZipCode", "05510")
                .put("returnAddress", "서울특별시 송파구 가상로 1")
                .put("returnAddressDetail", "1층");
    }

    private static void addPagination(ObjectNode body) {
        body.putObject("pagination")
                .put("currentPage", 1)
                .put("countPerPage", 50)
                .put("totalPages", 1)
                .put("totalElements", 1);
    }
}
