package hub.catalog.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What is held now. */
@Component
public class Holds {

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;

    public Holds(JdbcTemplate jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** How many items of a supplier one guard holds in one state. */
    public record Items(String supplier, String guard, String state, long count) {}

    /** All held feeds, and held items by number. */
    public record Summary(List<FeedHold> feeds, List<Items> items) {}

    public Summary summary() {
        return new Summary(
                feeds(),
                jdbc.query(
                        "select supplier, guard, state, count(*) from item_hold group by 1, 2, 3 order by 1, 2, 3",
                        (row, n) -> new Items(row.getString(1), row.getString(2), row.getString(3), row.getLong(4))));
    }

    /** Every held feed, those that wait first. */
    public List<FeedHold> feeds() {
        return jdbc.query("""
                select supplier, guard, state, encode(hash, 'hex') as hash, measured, expected, reason, times, since, last_at
                from feed_hold order by state <> 'waiting', state, since, supplier, guard
                """, (row, n) -> feed(row));
    }

    /** Held items, those that wait first, the oldest of them first. */
    public List<ItemHold> items(int atMost) {
        return jdbc.query("""
                select supplier, sku, guard, state, encode(hash, 'hex') as hash, off_sale, since, was, offered - 'content' as offered
                from item_hold order by state <> 'waiting', since, supplier, sku limit ?
                """, (row, n) -> item(row), atMost);
    }

    private static FeedHold feed(ResultSet row) throws SQLException {
        String guard = row.getString("guard");
        return new FeedHold(
                row.getString("supplier"),
                guard,
                row.getString("state"),
                row.getString("hash"),
                FeedGuard.of(guard).isAcceptable(),
                row.getLong("measured"),
                row.getLong("expected"),
                row.getString("reason"),
                row.getInt("times"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("last_at").toInstant());
    }

    private ItemHold item(ResultSet row) throws SQLException {
        return new ItemHold(
                row.getString("supplier"),
                row.getString("sku"),
                row.getString("guard"),
                row.getString("state"),
                row.getString("hash"),
                row.getBoolean("off_sale"),
                row.getTimestamp("since").toInstant(),
                parse(row.getString("was")),
                parse(row.getString("offered")));
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
