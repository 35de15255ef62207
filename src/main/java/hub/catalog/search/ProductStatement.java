package hub.catalog.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The SQL of one search; whatever the caller gave is a bind parameter. */
final class ProductStatement {

    private static final String COLUMNS = "supplier, sku, state, name, category, price_won, created_at, changed_at";

    /** Trigrams need three characters; shorter parts are found where a word begins or ends. */
    private static final int TRIGRAM = 3;

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final String sql;

    ProductStatement(ProductQuery query) {
        add("supplier = ?", query.supplier());
        add("category = ?", query.category());
        add("state = ?", query.status());
        add("price_won >= ?", query.priceMin());
        add("price_won <= ?", query.priceMax());
        if (query.q() != null) {
            named(query.q());
        }
        if (query.sort().byPrice()) {
            conditions.add("price_won is not null");
        }
        Mark after = query.after();
        if (after != null) {
            conditions.add(query.sort().behind());
            values.addAll(List.of(after.bound(), after.supplier(), after.sku()));
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        this.sql = "select " + COLUMNS + " from product" + where + " order by "
                + query.sort().order() + " limit ?";
        values.add(query.limit() + 1);
    }

    String sql() {
        return sql;
    }

    Object[] values() {
        return values.toArray();
    }

    private void add(String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    private void named(String q) {
        String part = q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
        if (q.codePointCount(0, q.length()) >= TRIGRAM) {
            add("name ilike ?", "%" + part + "%");
            return;
        }
        conditions.add("(name ilike ? or name ilike ? or name ilike ? or name ilike ?)");
        values.addAll(List.of(part + "%", "% " + part + "%", "%" + part + " %", "%" + part));
    }
}
