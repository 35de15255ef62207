package hub.catalog.guard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.Hash;
import hub.catalog.Product;
import hub.catalog.Stock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** A product that is held, as it lies in {@code item_hold}: whole, so that a yes needs no new reading. */
final class Offered {

    private Offered() {}

    static ObjectNode row(Product product, Doubt doubt) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("supplier", product.supplier())
                .put("sku", product.sku())
                .put("guard", doubt.guard())
                .put("off_sale", doubt.isCostly() || !product.state().equals("active"))
                .put("hash", HexFormat.of().formatHex(hash(product, doubt)));
        row.set("offered", json(product));
        return row;
    }

    /** Of what is in doubt: stock may change meanwhile, and of a jump everything but the costs. */
    private static byte[] hash(Product product, Doubt doubt) {
        StringBuilder text = new StringBuilder(doubt.guard());
        product.stocks().stream()
                .sorted(Comparator.comparing(Stock::optionKey))
                .forEach(stock ->
                        text.append('\0').append(stock.optionKey()).append('\0').append(stock.costWon()));
        if (doubt.other()) {
            text.append('\0').append(HexFormat.of().formatHex(product.contentHash()));
        }
        return digest(text.toString());
    }

    static byte[] digest(String text) {
        return Hash.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode json(Product product) {
        JsonNode content = product.content();
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("state", product.state())
                .put("name", product.name())
                .put("category", product.category())
                .put("image", content.path("images").path(0).asText(""))
                .put("contentHash", HexFormat.of().formatHex(product.contentHash()))
                .put("hash", HexFormat.of().formatHex(product.hash()));
        json.set("content", content);
        ArrayNode stocks = json.putArray("stocks");
        product.stocks()
                .forEach(stock -> stocks.addObject()
                        .put("key", stock.optionKey())
                        .put("costWon", stock.costWon())
                        .put("stock", stock.stock()));
        return json;
    }

    static Product product(String supplier, String sku, JsonNode offered) {
        List<Stock> stocks = new ArrayList<>();
        offered.path("stocks")
                .forEach(stock -> stocks.add(new Stock(
                        stock.path("key").asText(),
                        stock.path("costWon").asLong(),
                        stock.path("stock").isNull()
                                ? null
                                : Integer.valueOf(stock.path("stock").asInt()))));
        return new Product(
                supplier,
                sku,
                offered.path("state").asText(),
                false,
                offered.path("name").asText(),
                offered.path("category").asText(),
                offered.path("content"),
                HexFormat.of().parseHex(offered.path("contentHash").asText()),
                HexFormat.of().parseHex(offered.path("hash").asText()),
                stocks);
    }
}
