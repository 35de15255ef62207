package hub.catalog;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;

/** Which products' details are read next, of suppliers whose pages do not have them. */
final class Details {

    private final ProductStore products;
    private final Cursors cursors;

    Details(ProductStore products, Cursors cursors) {
        this.products = products;
        this.cursors = cursors;
    }

    /** What changed first, then the whole catalogue in turn. */
    List<String> next(String supplier, int atMost) {
        List<String> skus = new ArrayList<>(products.detailsDue(supplier, atMost));
        products.postpone(supplier, skus);
        if (skus.size() < atMost) {
            skus.addAll(inTurn(supplier, atMost - skus.size()));
        }
        return skus;
    }

    private List<String> inTurn(String supplier, int atMost) {
        String after = cursors.read(supplier, "details")
                .map(state -> state.path("after").asText())
                .orElse("");
        List<String> next = products.behind(supplier, after, atMost);
        String reached = next.size() < atMost ? "" : next.get(next.size() - 1);
        cursors.write(supplier, "details", JsonNodeFactory.instance.objectNode().put("after", reached));
        return next;
    }
}
