package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** State of one product, and price, stock and state of many without options: all of a list or none of it. */
final class Stocks {

    private static final long MAX_STOCK = 99_999_999;
    private static final long MAX_PRICE = 999_999_990;

    private final Shelf shelf;

    Stocks(Shelf shelf) {
        this.shelf = shelf;
    }

    Answer changeStatus(Call call) {
        Product product = shelf.origin(call);
        JsonNode body = call.body();
        String to = body.path("statusType").asText();
        move(product, to, body.path("stockQuantity"));
        shelf.put(product, call.now());
        return call.done().did("status-set", product.code() + ":" + to);
    }

    Answer multiUpdate(Call call) {
        JsonNode changes = call.body().path("multiProductUpdateRequestVos");
        if (changes.isEmpty()) {
            throw RefusedException.product("multiProductUpdateRequestVos 항목을 입력해 주세요.");
        }
        List<Product> changed = new ArrayList<>();
        Set<String> effects = new LinkedHashSet<>();
        List<String> refs = new ArrayList<>();
        for (JsonNode change : changes) {
            Product product = shelf.find(change.path("originProductNo").asText())
                    .orElseThrow(() -> RefusedException.product("존재하지 않는 상품이 포함되어 있습니다."));
            for (JsonNode type : change.path("multiUpdateTypes")) {
                apply(product, type.asText(), change, effects, refs);
            }
            changed.add(product);
        }
        changed.forEach(product -> shelf.put(product, call.now()));
        return call.done().did(String.join(",", effects), String.join(",", refs));
    }

    static int stock(JsonNode stock) {
        if (stock.asLong() < 0 || stock.asLong() > MAX_STOCK) {
            throw bad("stockQuantity");
        }
        return stock.asInt();
    }

    static void price(Product product, JsonNode price) {
        if (!price.isIntegralNumber() || price.asLong() < 1 || price.asLong() > MAX_PRICE) {
            throw bad("salePrice");
        }
        product.origin().put("salePrice", price.asLong());
    }

    private static void apply(Product product, String type, JsonNode change, Set<String> effects, List<String> refs) {
        if (!product.options().isEmpty()) {
            throw RefusedException.product("옵션이 있는 상품은 변경할 수 없습니다.");
        }
        switch (type) {
            case "SALE_PRICE" -> {
                price(product, change.at("/productSalePrice/salePrice"));
                effects.add("price-set");
                refs.add(product.code() + ":" + product.price());
            }
            case "STOCK" -> {
                product.origin().put("stockQuantity", stock(sent(change.path("stockQuantity"))));
                product.settle();
                effects.add("stock-set");
                refs.add(product.code() + ":" + product.stock());
            }
            case "IMMEDIATE_DISCOUNT" ->
                product.origin()
                        .withObject("/customerBenefit")
                        .set("immediateDiscountPolicy", change.path("immediateDiscountPolicy"));
            case "PRODUCT_STATUS_SALE" -> status(product, "SALE", effects, refs);
            case "PRODUCT_STATUS_SUSPENSION" -> status(product, "SUSPENSION", effects, refs);
            default -> throw bad("multiUpdateTypes");
        }
    }

    private static void status(Product product, String to, Set<String> effects, List<String> refs) {
        if (!product.status().equals(to)) {
            move(product, to, product.origin().path("stockQuantity"));
        }
        effects.add("status-set");
        refs.add(product.code() + ":" + to);
    }

    private static void move(Product product, String to, JsonNode stock) {
        switch (product.status() + ">" + to) {
            case "SALE>OUTOFSTOCK" -> sellOut(product);
            case "SUSPENSION>SALE", "OUTOFSTOCK>SALE" -> resume(product, stock);
            case "SALE>SUSPENSION", "OUTOFSTOCK>SUSPENSION", "WAIT>SUSPENSION" -> {}
            default ->
                throw RefusedException.product(
                        "변경할 수 없는 판매상태입니다.",
                        List.of(new RefusedException.Invalid("statusType", "INVALID", "변경할 수 없는 상태입니다.")));
        }
        product.status(to);
    }

    private static void sellOut(Product product) {
        product.origin().put("stockQuantity", 0);
        product.options().forEach(option -> option.put("stockQuantity", 0));
    }

    /** Of a product with options only the sum is set: what each choice has left is up to option-stock. */
    private static void resume(Product product, JsonNode stock) {
        int quantity = stock.isMissingNode() && product.status().equals("SUSPENSION") ? product.stock() : stock(stock);
        if (quantity == 0) {
            throw RefusedException.product(
                    "재고수량을 입력해 주세요.",
                    List.of(new RefusedException.Invalid("stockQuantity", "NotNull", "필수 입력 항목입니다.")));
        }
        product.origin().put("stockQuantity", quantity);
    }

    private static JsonNode sent(JsonNode stock) {
        if (!stock.isIntegralNumber()) {
            throw bad("stockQuantity");
        }
        return stock;
    }

    private static RefusedException bad(String name) {
        return RefusedException.product(
                name + " 항목을 확인해 주세요.", List.of(new RefusedException.Invalid(name, "INVALID", "허용되지 않는 값입니다.")));
    }
}
