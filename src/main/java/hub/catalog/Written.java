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
 * @param leftOut the new ones that were not to be stored
 */
record Written(Map<String, Boolean> changed, Set<String> refused, Set<String> leftOut) {

    Written plus(Written other) {
        Map<String, Boolean> all = new HashMap<>(changed);
        all.putAll(other.changed);
        Set<String> none = new HashSet<>(refused);
        none.addAll(other.refused);
        Set<String> out = new HashSet<>(leftOut);
        out.addAll(other.leftOut);
        return new Written(all, none, out);
    }

    /** The part of it that a batch is told. */
    Upserted of(List<Product> batch) {
        int inserted = 0;
        int updated = 0;
        Set<String> mine = new HashSet<>();
        Set<String> out = new HashSet<>();
        for (Product product : batch) {
            Boolean isNew = changed.get(product.sku());
            if (isNew != null) {
                inserted += isNew ? 1 : 0;
                updated += isNew ? 0 : 1;
            } else if (refused.contains(product.sku())) {
                mine.add(product.sku());
            } else if (leftOut.contains(product.sku())) {
                out.add(product.sku());
            }
        }
        int same = batch.size() - inserted - updated - mine.size() - out.size();
        return new Upserted(inserted, updated, same, mine.size(), mine, out);
    }
}
