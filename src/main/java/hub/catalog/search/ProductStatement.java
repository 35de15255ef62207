package hub.catalog.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of one search; whatever the caller gave is a bind parameter.
 *
 * <p>Costs lie in {@code product_stock}, one an option. Sorted by price, the search reads the index of costs and takes
 * each product at its lowest; sorted by time, it asks of each product whether its lowest is in the range.
 */
final class ProductStatement {

    private static final String COLUMNS =
            "select p.supplier, p.sku, p.state, p.name, p.category, %s, p.created_at, p.changed_at ";

    private static final String LOWEST =
            "(select min(s.cost_won) from product_stock s where s.supplier = p.supplier and s.sku = p.sku)";

    private static final String BY_TIME = COLUMNS.formatted(LOWEST) + "from product p";

    private static final String BY_PRICE = COLUMNS.formatted("s.cost_won") + """
            from product_stock s join product p on p.supplier = s.supplier and p.sku = s.sku
            where not exists (
              select from product_stock o where o.supplier = s.supplier and o.sku = s.sku
                and (o.cost_won, o.option_key) < (s.cost_won, s.option_key))""";

    private static final String AN_OPTION =
            "exists (select from product_stock s where s.supplier = p.supplier and s.sku = p.sku and ";

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private final String sql;

    ProductStatement(ProductQuery query) {
        boolean byPrice = query.sort().byPrice();
        add("p.supplier = ?", query.supplier());
        add("p.category = ?", query.category());
        add("p.state = ?", query.status());
        if (byPrice) {
            add("s.cost_won >= ?", query.priceMin());
            add("s.cost_won <= ?", query.priceMax());
        } else {
            lowestBetween(query.priceMin(), query.priceMax());
        }
        if (query.q() != null) {
            named(query.q());
        }
        Mark after = query.after();
        if (after != null) {
            conditions.add(query.sort().behind());
            values.addAll(List.of(after.bound(), after.supplier(), after.sku()));
        }
        String where = conditions.isEmpty() ? "" : (byPrice ? " and " : " where ") + String.join(" and ", conditions);
        this.sql = (byPrice ? BY_PRICE : BY_TIME) + where + " order by "
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

    private void lowestBetween(@Nullable Long min, @Nullable Long max) {
        if (min != null && max != null) {
            conditions.add(AN_OPTION + "s.cost_won between ? and ?)");
            values.addAll(List.of(min, max));
        } else {
            add(AN_OPTION + "s.cost_won >= ?)", min);
            add(AN_OPTION + "s.cost_won <= ?)", max);
        }
        add("not " + AN_OPTION + "s.cost_won < ?)", min);
    }

    /** The index knows which characters a name has, and so which names may hold the text. */
    private void named(String q) {
        conditions.add("""
                exists (select from product_name n where n.supplier = p.supplier and n.sku = p.sku
                  and string_to_array(lower(n.name) collate "C", null) @> string_to_array(lower(?::text) collate "C", null)
                  and position(lower(?::text) in lower(n.name)) > 0)""");
        values.addAll(List.of(q, q));
    }
}
