package hub.sandbox.coupang;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.coupang.Vendor.Reply;
import java.util.Set;
import java.util.TreeSet;

/** The paths of all fields in a document, without list positions. */
final class Shape {

    private Shape() {}

    /** Same status, same fields. */
    static void assertSame(Reply reply, String sample) {
        JsonNode expected = Vendor.sample(sample).path("response");
        assertThat(reply.status())
                .as(reply.body().toString())
                .isEqualTo(expected.path("status").asInt());
        assertThat(of(reply.body())).as(sample).isEqualTo(of(expected.path("body")));
    }

    static Set<String> of(JsonNode document) {
        Set<String> paths = new TreeSet<>();
        collect("", document, paths);
        return paths;
    }

    private static void collect(String path, JsonNode node, Set<String> paths) {
        if (node.isObject()) {
            node.properties().forEach(field -> {
                // Receipt numbers are keys of this map.
                String name = path.endsWith("receiptMap") ? "*" : field.getKey();
                paths.add(path + "/" + name);
                collect(path + "/" + name, field.getValue(), paths);
            });
        }
        if (node.isArray()) {
            node.forEach(element -> collect(path + "[]", element, paths));
        }
    }
}
