package hub.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was written of some products.
 *
 * @param changed the skus written, and whether each is new
 * @param refused the skus that Postgres did not take
 */
record Written(Map<String, Boolean> changed, Set<String> refused) {

    Written plus(Written other) {
        Map<String, Boolean> all = new HashMap<>(changed);
        all.putAll(other.changed);
        Set<String> none = new HashSet<>(refused);
        none.addAll(other.refused);
        return new Written(all, none);
    }

    /** The part of it that a batch is told. */
    Upserted of(List<Product> batch) {
        int inserted = 0;
        int updated = 0;
        Set<String> mine = new HashSet<>();
        for (Product product : batch) {
            Boolean isNew = changed.get(product.sku());
            if (isNew != null) {
                inserted += isNew ? 1 : 0;
                updated += isNew ? 0 : 1;
            } else if (refused.contains(product.sku())) {
                mine.add(product.sku());
            }
        }
        return new Upserted(inserted, updated, batch.size() - inserted - updated - mine.size(), mine.size(), mine);
    }
}
