package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Creating, reading, replacing and deleting products; normal goods are on sale at once. */
final class Products {

    private static final String OPTIONS = "/detailAttribute/optionInfo/optionCombinations";
    private static final Set<String> NEW_STATES = Set.of("SALE");
    private static final Set<String> STATES = Set.of("SALE", "SUSPENSION");

    private final Shelf shelf;
    private final Images images;

    Products(Shelf shelf, Images images) {
        this.shelf = shelf;
        this.images = images;
    }

    Answer create(Call call) {
        ObjectNode body = call.body();
        ObjectNode origin = part(body, "originProduct");
        ObjectNode channel = part(body, "smartstoreChannelProduct");
        ProductRules.check(origin, channel, NEW_STATES, images);
        number(origin, Set.of());
        Product product = shelf.fresh(call.now());
        product.replace(origin, channel);
        store(product, call);
        return numbers(product, call).did("product-created", product.code());
    }

    Answer read(Product product, Call call) {
        if (call.fault("prohibition")) {
            store(product, call);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().putNull("groupProduct");
        body.set("originProduct", product.origin());
        ObjectNode channel = body.putObject("smartstoreChannelProduct").put("channelProductName", product.name());
        channel.setAll(product.channel());
        return call.plain(body);
    }

    /** A prohibited product may be rewritten but stays prohibited. */
    Answer update(Product product, Call call) {
        ObjectNode body = call.body();
        ObjectNode origin = part(body, "originProduct");
        ObjectNode channel = part(body, "smartstoreChannelProduct");
        keep(product.origin(), origin);
        ProductRules.check(origin, channel, STATES, images);
        Set<Long> known = new HashSet<>();
        product.options().forEach(option -> known.add(option.path("id").asLong()));
        number(origin, known);
        if (product.status().equals("PROHIBITION")) {
            origin.put("statusType", "PROHIBITION");
        }
        product.replace(origin, channel);
        store(product, call);
        return numbers(product, call).did("product-updated", product.code());
    }

    Answer delete(Product product, Call call) {
        shelf.remove(product);
        return call.done().did("product-deleted", product.code());
    }

    private void store(Product product, Call call) {
        product.settle();
        if (call.fault("prohibition")) {
            product.status("PROHIBITION");
        }
        shelf.put(product, call.now());
    }

    /** What an update may leave out keeps its value. */
    private static void keep(ObjectNode old, ObjectNode origin) {
        for (String name : List.of("stockQuantity", "detailContent")) {
            if (!origin.hasNonNull(name)) {
                origin.set(name, old.path(name));
            }
        }
        if (origin.path("detailAttribute") instanceof ObjectNode detail
                && !detail.hasNonNull("productInfoProvidedNotice")) {
            detail.set("productInfoProvidedNotice", old.at("/detailAttribute/productInfoProvidedNotice"));
        }
    }

    /** An option without id is a new one, on update too: whoever leaves the ids out has to read the new ones. */
    private void number(ObjectNode origin, Set<Long> known) {
        JsonNode options = origin.at(OPTIONS);
        for (int i = 0; i < options.size(); i++) {
            JsonNode id = options.path(i).path("id");
            if (!id.isMissingNode() && !known.contains(id.asLong())) {
                throw OptionStock.unknown(i);
            }
        }
        for (JsonNode option : options) {
            if (!option.has("id") && option instanceof ObjectNode fresh) {
                fresh.put("id", shelf.nextOption());
            }
        }
    }

    private static ObjectNode part(ObjectNode body, String name) {
        if (body.path(name) instanceof ObjectNode part) {
            return part;
        }
        throw RefusedException.product(name + " 항목을 입력해 주세요.");
    }

    private static Answer numbers(Product product, Call call) {
        return call.plain(JsonNodeFactory.instance
                .objectNode()
                .put("originProductNo", product.number())
                .put("smartstoreChannelProductNo", product.channelNumber()));
    }
}
