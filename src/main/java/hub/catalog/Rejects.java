package hub.catalog;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The items that could not be stored, one row each until they map again. */
@Component
public class Rejects {

    private final JdbcTemplate jdbc;

    Rejects(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public void add(Collection<Reject> rejects) {
        jdbc.batchUpdate(
                """
                insert into product_reject as r (supplier, sku, path, reason, value, remedy) values (?, ?, ?, ?, ?, ?)
                on conflict (supplier, sku) do update set
                  path = excluded.path, reason = excluded.reason, value = excluded.value, remedy = excluded.remedy,
                  times = r.times + 1, last_at = now()
                """,
                rejects.stream()
                        .map(r -> new Object[] {r.supplier(), r.sku(), r.path(), r.reason(), r.value(), r.remedy()})
                        .toList());
    }

    /** Forgets the rejects of items that map again. */
    public void healed(String supplier, List<String> skus) {
        jdbc.update(
                "delete from product_reject where supplier = ? and sku = any (?)",
                supplier,
                skus.toArray(String[]::new));
    }

    /**
     * Forgets the rejects of items that are not sent any more: else what such an item once stood for never ends.
     *
     * @param before those refused since are kept
     * @param isThere whether an item is there still; one may be refused by its details, which are read at another time
     */
    void forgetGone(String supplier, Instant before, Predicate<String> isThere) {
        List<String> old = jdbc.queryForList(
                "select sku from product_reject where supplier = ? and last_at < ?",
                String.class,
                supplier,
                Timestamp.from(before));
        List<String> gone = old.stream().filter(isThere.negate()).toList();
        if (!gone.isEmpty()) {
            healed(supplier, gone);
        }
    }

    /** How many items of each supplier are refused now. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        jdbc.query("select supplier, count(*) from product_reject group by supplier", row -> {
            counts.put(row.getString(1), row.getLong(2));
        });
        return counts;
    }
}
