package hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.Product;
import hub.catalog.Sent;
import java.util.List;

/**
 * What has to be mapped of a page.
 *
 * @param items as the supplier wrote them
 * @param sent each as it was sent, or none at all
 * @param key the field of an item that is the sku
 * @param same the skus of the items that were sent exactly as before
 */
public record NewItems(List<JsonNode> items, List<Sent> sent, String key, List<String> same) {

    /**
     * A page is nobody's equal: Camel asks for the hash of every bean, and that of all the items took longer than they
     * did.
     */
    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    /** The only product of an item, known by the item where that names the product. */
    Product known(Product product, int item) {
        boolean named = !sent.isEmpty()
                && !product.summary()
                && items.get(item).path(key).asText("").equals(product.sku());
        return named ? product.from(sent.get(item)) : product;
    }
}
