package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.util.function.Consumer;

/**
 * Price, stock and state of single options; none of it works before the approval, which gives them their ids.
 *
 * <p>The text for an id that does not exist is documented for some of the calls only.
 */
final class VendorItemCalls {

    private static final String ITEMS = "/vendor-items/{}";

    private final Listings listings;

    VendorItemCalls(Listings listings) {
        this.listings = listings;
    }

    void register(Routes routes) {
        routes.product("PUT", ITEMS + "/prices/{}", "update-price", this::price);
        routes.product("PUT", ITEMS + "/original-prices/{}", "update-original-price", this::originalPrice);
        routes.product("PUT", ITEMS + "/quantities/{}", "update-quantity", this::quantity);
        routes.product("PUT", ITEMS + "/sales/stop", "stop-sale", this::stop);
        routes.product("PUT", ITEMS + "/sales/resume", "resume-sale", this::resume);
        routes.product("GET", ITEMS + "/inventories", "get-inventory", this::inventory);
    }

    private Answer price(Call call) {
        VendorItem item = existing(call, "가격변경에 실패했습니다.");
        long price = wonOf(call, item);
        boolean forced = call.query("forceSalePriceUpdate").orElse("").equals("true");
        if (call.query("apMinSalePrice").isPresent() != call.query("apActive").isPresent()) {
            throw priceRefused(item, ": apActive와 apMinSalePrice는 함께 입력해야 합니다.");
        }
        if (!forced && (price * 2 < item.price || price > item.price * 2)) {
            throw priceRefused(item, " : 판매가 변경이 불가능합니다. 변경전 판매가의 최대 50% 인하/최대 100%인상까지 변경가능합니다.");
        }
        change(item, changed -> changed.price = price);
        return Envelope.product("가격 변경을 완료했습니다.", null).did("price-set", item.id + ":" + price);
    }

    private Answer originalPrice(Call call) {
        VendorItem item = existing(call, "할인율기준가 변경에 실패했습니다.");
        long price = wonOf(call, item);
        change(item, changed -> changed.originalPrice = price);
        return Envelope.product("할인율 기준가격 변경을 완료했습니다.", null).did("original-price-set", item.id + ":" + price);
    }

    private Answer quantity(Call call) {
        VendorItem item = existing(call, "재고변경에 실패했습니다.");
        if (!call.var(1).matches("\\d{1,5}")) {
            throw RefusedException.item("재고변경에 실패했습니다. [옵션ID[" + item.id + "] : 재고수량은 0 이상 99999 이하로 입력 가능합니다.]");
        }
        long quantity = call.number(1);
        change(item, changed -> changed.stock = quantity);
        return Envelope.item("재고 변경을 완료했습니다.").did("stock-set", item.id + ":" + quantity);
    }

    private Answer stop(Call call) {
        VendorItem item = onMarket(call, "판매중지에 실패했습니다.");
        change(item, changed -> changed.onSale = false);
        return Envelope.item("판매 중지 처리되었습니다.").did("sale-stopped", Long.toString(item.id));
    }

    private Answer resume(Call call) {
        VendorItem item = onMarket(call, "판매재개에 실패했습니다.");
        if (item.monitored) {
            throw RefusedException.item("판매재개에 실패했습니다. [옵션ID(" + item.id + ")은 쿠팡의 모니터링에 의해 '판매중지'된 상품입니다.");
        }
        change(item, changed -> changed.onSale = true);
        return Envelope.item("판매가 재개되었습니다.").did("sale-resumed", Long.toString(item.id));
    }

    private Answer inventory(Call call) {
        VendorItem item = listings.item(numeric(call))
                .orElseThrow(() -> RefusedException.item("유효한 옵션이 없습니다:[vendorItemId=" + call.var(0) + "]"));
        ObjectNode data = Envelope.object()
                .put("sellerItemId", item.id)
                .put("amountInStock", item.stock)
                .put("salePrice", item.price)
                .put("onSale", item.onSale && !item.deleted);
        return Envelope.product("", data);
    }

    private void change(VendorItem item, Consumer<VendorItem> change) {
        change.accept(item);
        listings.keep(item);
    }

    private static long wonOf(Call call, VendorItem item) {
        long price = call.number(1);
        if (price <= 0 || price % 10 != 0) {
            throw priceRefused(item, ": 가격은 최소 10원 단위로 입력가능합니다. (1원단위 입력 불가)");
        }
        return price;
    }

    private static RefusedException priceRefused(VendorItem item, String why) {
        return RefusedException.product("가격변경에 실패했습니다. [옵션ID[" + item.id + "]" + why + "]");
    }

    private VendorItem existing(Call call, String failed) {
        VendorItem item = listings.item(numeric(call)).orElseThrow(() -> RefusedException.item("유효하지 않은 ID입니다."));
        return alive(item, failed);
    }

    private VendorItem onMarket(Call call, String failed) {
        VendorItem item = listings.item(numeric(call))
                .orElseThrow(() -> RefusedException.item(failed + " [vendoritemid " + call.var(0) + " not found]"));
        return alive(item, failed);
    }

    private static VendorItem alive(VendorItem item, String failed) {
        if (item.deleted) {
            throw RefusedException.item(failed + " [옵션ID[" + item.id + "] : 삭제된 상품은 변경이 불가능합니다.]");
        }
        return item;
    }

    private static long numeric(Call call) {
        if (call.number(0) == 0) {
            throw RefusedException.item("유효하지 않은 ID입니다.");
        }
        return call.number(0);
    }
}
