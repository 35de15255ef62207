package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * A page of a Relay connection.
 *
 * @param size wanted edges
 * @param backwards whether {@code last} and {@code before} were used
 * @param cursor where the page begins, exclusive; empty at the end of the list
 */
record Listing(int size, boolean backwards, String cursor) {

    private static final int MOST = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws GraphqlException when the page is larger than allowed, or the cursor not one of ours */
    static Listing of(ObjectNode arguments) {
        boolean backwards = arguments.hasNonNull("last") || arguments.hasNonNull("before");
        String name = backwards ? "last" : "first";
        int size = arguments.hasNonNull(name) ? arguments.get(name).asInt() : MOST;
        if (size < 1 || size > MOST) {
            throw new GraphqlException("한 번에 최대 " + MOST + "개까지 조회할 수 있습니다.").about(name, arguments.get(name));
        }
        JsonNode cursor = arguments.path(backwards ? "before" : "after");
        return new Listing(size, backwards, cursor.isTextual() ? plain(cursor) : "");
    }

    /** An opaque id, such as that of the order {@code 2026030110590083606A}. */
    static String id(String type, String key) {
        return Base64.getEncoder().encodeToString((type + "," + key).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Takes a page.
     *
     * @param all what follows the cursor, in the direction of the page
     * @param place names the place of one, for its cursor
     */
    <T> ObjectNode page(Iterator<T> all, Function<T, String> place, Function<T, JsonNode> node) {
        List<T> taken = new ArrayList<>();
        while (taken.size() < size && all.hasNext()) {
            taken.add(all.next());
        }
        boolean more = all.hasNext();
        if (backwards) {
            Collections.reverse(taken);
        }
        ObjectNode page = JSON.createObjectNode();
        ArrayNode edges = page.putArray("edges");
        for (T one : taken) {
            edges.addObject().put("cursor", opaque(place.apply(one))).set("node", node.apply(one));
        }
        ObjectNode info = page.putObject("pageInfo");
        info.put("hasNextPage", backwards ? !cursor.isEmpty() : more);
        info.put("hasPreviousPage", backwards ? more : !cursor.isEmpty());
        info.set(
                "startCursor",
                edges.isEmpty() ? NullNode.getInstance() : edges.get(0).get("cursor"));
        info.set(
                "endCursor",
                edges.isEmpty()
                        ? NullNode.getInstance()
                        : edges.get(edges.size() - 1).get("cursor"));
        return page;
    }

    static String opaque(String place) {
        return Base64.getEncoder().encodeToString(("cursor:" + place).getBytes(StandardCharsets.UTF_8));
    }

    private static String plain(JsonNode cursor) {
        try {
            String plain = new String(Base64.getDecoder().decode(cursor.asText()), StandardCharsets.UTF_8);
            if (plain.startsWith("cursor:")) {
                return plain.substring("cursor:".length());
            }
        } catch (IllegalArgumentException e) {
            // refused below
        }
        throw new GraphqlException("잘못된 커서입니다.").about("after", cursor);
    }
}
