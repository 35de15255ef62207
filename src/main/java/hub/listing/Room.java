package hub.listing;

import hub.queue.NewJob;
import hub.queue.Priority;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many new listings a market takes: as many as the day, the account and the queue have room for.
 *
 * <p>To be called in a transaction; from the first question on, other planners wait until it ends, as two that count at
 * the same time would both use what is left of the day.
 */
final class Room {

    /** Any number will do, as long as nobody else uses it. */
    private static final long LOCK = 0x6c697374696e67L;

    private final JdbcClient database;
    private final int ahead;

    /** With at most {@code ahead} creations in the queue of a market. */
    Room(JdbcClient database, int ahead) {
        this.database = database;
        this.ahead = ahead;
    }

    /** Whether so many more have room, and no listing waits for it already. */
    boolean forAll(String market, ListingOptions.Market limits, int more) {
        lock();
        return !waiting(market, limits)
                && with(ListingSql.ROOM, market, limits).query(Long.class).single() >= more;
    }

    /** Opens waiting listings as far as there is room; their creations. */
    List<NewJob> open(String market, ListingOptions.Market limits) {
        if (!waiting(market, limits)) {
            return List.of();
        }
        lock();
        return with(ListingSql.OPEN, market, limits)
                .query((row, n) -> Work.of(
                        Work.CREATE,
                        Work.identity(market, limits.account(), row.getString("supplier"), row.getString("sku")),
                        row.getString("key"),
                        Priority.LOW,
                        null))
                .list();
    }

    private boolean waiting(String market, ListingOptions.Market limits) {
        return database.sql(ListingSql.WAITING)
                .param("market", market)
                .param("account", limits.account())
                .query(Boolean.class)
                .single();
    }

    private void lock() {
        database.sql("select pg_advisory_xact_lock(:lock)::text")
                .param("lock", LOCK)
                .query(String.class)
                .optional();
    }

    private JdbcClient.StatementSpec with(String statement, String market, ListingOptions.Market limits) {
        return database.sql(statement)
                .param("market", market)
                .param("account", limits.account())
                .param("maxNew", limits.maxNewPerDay())
                .param("maxListings", limits.maxListings())
                .param("ahead", ahead);
    }
}
