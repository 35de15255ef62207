package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stock and price difference of options by their ids: what is left out of a named option is stored as 0.
 *
 * <p>Options that are not named keep what they have: Naver's text does not say.
 */
final class OptionStock {

    private final Shelf shelf;

    OptionStock(Shelf shelf) {
        this.shelf = shelf;
    }

    Answer update(Call call) {
        Product product = shelf.origin(call);
        ObjectNode body = call.body();
        JsonNode changes = body.at("/optionInfo/optionCombinations");
        if (changes.isEmpty()) {
            throw RefusedException.product("optionInfo 항목을 입력해 주세요.");
        }
        JsonNode price = body.at("/productSalePrice/salePrice");
        boolean priced = !price.isMissingNode();
        if (priced) {
            Stocks.price(product, price);
        }
        apply(product, changes);
        product.settle();
        shelf.put(product, call.now());
        return answer(product, call).did(effect(priced), ref(product, priced));
    }

    static RefusedException unknown(int index) {
        return RefusedException.product(
                "옵션 ID가 유효하지 않습니다.",
                List.of(new RefusedException.Invalid(
                        "optionInfo.optionCombinations[" + index + "].id", "INVALID", "존재하지 않는 옵션입니다.")));
    }

    private static void apply(Product product, JsonNode changes) {
        Map<Long, ObjectNode> options = new TreeMap<>();
        product.options().forEach(option -> options.put(option.path("id").asLong(), option));
        for (int i = 0; i < changes.size(); i++) {
            JsonNode change = changes.path(i);
            ObjectNode option = options.get(change.path("id").asLong());
            if (option == null) {
                throw unknown(i);
            }
            option.put("stockQuantity", Stocks.stock(change.path("stockQuantity")));
            option.put("price", change.path("price").asLong());
            if (change.has("usable")) {
                option.put("usable", change.path("usable").asBoolean());
            }
        }
    }

    private static String effect(boolean priced) {
        return priced ? "price-set,stock-set" : "stock-set";
    }

    private static String ref(Product product, boolean priced) {
        String stock = product.code() + ":" + product.stock();
        return priced ? product.code() + ":" + product.price() + "," + stock : stock;
    }

    private static Answer answer(Product product, Call call) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("originProductNo", product.number())
                .put("smartstoreChannelProductNo", product.channelNumber());
        body.putObject("originProduct")
                .put("statusType", product.status())
                .put("name", product.name())
                .put("salePrice", product.price())
                .put("stockQuantity", product.stock());
        return call.plain(body);
    }
}
