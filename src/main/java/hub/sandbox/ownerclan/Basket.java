package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OrderInput, checked against the catalogue and split into the orders that it becomes. */
final class Basket {

    private static final long FAR = 3000; // won; what a delivery to an island costs more

    /** A wanted product. */
    record Line(Item item, int option, int quantity) {

        long won() {
            return item.optionPrice(option) * quantity;
        }

        /** One fee per started box, or once without boxes; on arrival the buyer pays it himself. */
        long fee() {
            if (item.shippingType().equals("uponArrival")) {
                return 0;
            }
            int box = item.boxQuantity();
            return item.shippingFee() * (box == 0 ? 1 : (quantity + box - 1) / box);
        }
    }

    /** What one vendor sends in one way. */
    record Parcel(List<Line> lines, boolean far) {

        /** The largest single fee of the products. */
        long shippingWon() {
            return lines.stream().mapToLong(Line::fee).max().orElse(0);
        }

        long won() {
            return lines.stream().mapToLong(Line::won).sum() + shippingWon() + (far ? FAR : 0);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Line> lines = new ArrayList<>();
    private final boolean far;

    /** @throws GraphqlException when a product cannot be had; nothing is taken */
    Basket(Catalog catalog, ObjectNode input) {
        if (input.path("products").isEmpty()) {
            throw new GraphqlException("주문 상품이 없습니다.").about("products", input.path("products"));
        }
        Map<String, Integer> wanted = new LinkedHashMap<>();
        for (JsonNode product : input.path("products")) {
            Line line = line(catalog, product);
            int sum = wanted.merge(line.item().key() + "/" + line.option(), line.quantity(), Integer::sum);
            if (line.item().now().quantities()[line.option()] < sum) {
                throw blame("재고가 부족합니다.", product);
            }
            lines.add(line);
        }
        String address =
                input.path("recipient").path("destinationAddress").path("addr1").asText();
        far = address.contains("제주") || address.contains("울릉");
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** By vendor and shipping type. */
    Collection<Parcel> parcels() {
        Map<String, Parcel> parcels = new LinkedHashMap<>();
        for (Line line : lines) {
            String by = line.item().vendorKey() + "/" + line.item().shippingType();
            parcels.computeIfAbsent(by, key -> new Parcel(new ArrayList<>(), far))
                    .lines()
                    .add(line);
        }
        return parcels.values();
    }

    /** The answer of simulateCreateOrder. */
    ArrayNode simulation() {
        ArrayNode all = JSON.createArrayNode();
        for (Parcel parcel : parcels()) {
            ObjectNode one = all.addObject();
            ArrayNode amounts = one.putArray("itemAmounts");
            parcel.lines()
                    .forEach(line -> amounts.addObject()
                            .put("amount", line.won())
                            .put("itemKey", line.item().key()));
            one.put("shippingAmount", parcel.shippingWon()).put("extraShippingFeeExists", far);
        }
        return all;
    }

    private static Line line(Catalog catalog, JsonNode product) {
        Item item = catalog.item(product.path("itemKey").asText()).orElseThrow(() -> blame("존재하지 않는 상품입니다.", product));
        if (item.now().status().equals("soldout")) {
            throw blame("품절된 상품입니다.", product);
        }
        if (!item.now().available() || item.prohibited()) {
            throw blame("판매가 중지된 상품입니다.", product);
        }
        List<String> values = new ArrayList<>();
        product.path("optionAttributes").forEach(value -> values.add(value.asText()));
        int option = item.option(values);
        if (option < 0) {
            throw blame("존재하지 않는 옵션입니다.", product);
        }
        int quantity = product.path("quantity").asInt();
        if (quantity < 1) {
            throw blame("수량은 1 이상이어야 합니다.", product);
        }
        return new Line(item, option, quantity);
    }

    private static GraphqlException blame(String message, JsonNode product) {
        return new GraphqlException(message)
                .about("products", TextNode.valueOf(product.path("itemKey").asText()));
    }
}
