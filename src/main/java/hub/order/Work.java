package hub.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.NewJob;
import hub.queue.Priority;
import hub.restore.Restores;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What one transaction of the ledger holds and changes. Lines are locked first, jobs come second, the journal last:
 * everybody waits in that order, so nobody waits for ever.
 */
final class Work {

    private final JdbcClient database;
    private final OrderOptions options;
    private final Restores restores;
    private final String actor;
    private final Map<OrderKey, Line> lines = new TreeMap<>();
    private final Map<String, Purchase> purchases = new TreeMap<>();
    private final List<NewJob> jobs = new ArrayList<>();
    private final List<JournalEntry> journal = new ArrayList<>();
    private @Nullable Instant now;

    Work(JdbcClient database, OrderOptions options, Restores restores, String actor) {
        this.database = database;
        this.options = options;
        this.restores = restores;
        this.actor = actor;
    }

    /** The clock of Postgres; one instant for the whole transaction. */
    Instant now() {
        Instant known = now;
        if (known == null) {
            known = database.sql("select clock_timestamp()")
                    .query(OffsetDateTime.class)
                    .single()
                    .toInstant();
            now = known;
        }
        return known;
    }

    JdbcClient database() {
        return database;
    }

    /** When Postgres was last set back to a backup, as far as is known. */
    Optional<Instant> restoredAt() {
        return restores.last();
    }

    OrderOptions options() {
        return options;
    }

    /** Locks lines, and reads their purchase orders. Unknown ones are left out. */
    List<Line> lock(Collection<OrderKey> keys) {
        return lock(LedgerSql.LOCK_LINES, Map.of("keys", Rows.keys(keys)));
    }

    /** Locks every line of some orders. */
    List<Line> lockOrders(String market, Collection<String> orderIds) {
        return lock(LedgerSql.LOCK_ORDERS, Map.of("market", market, "ids", Rows.texts(orderIds)));
    }

    /** Locks the lines that purchase orders are for, and reads those purchase orders. */
    List<Purchase> lockPurchases(Collection<String> refs) {
        lock(LedgerSql.LOCK_PURCHASES, Map.of("refs", Rows.texts(refs)));
        readPurchases(refs);
        return refs.stream()
                .distinct()
                .map(purchases::get)
                .filter(Objects::nonNull)
                .toList();
    }

    Optional<Purchase> lockPurchase(String ref) {
        return lockPurchases(List.of(ref)).stream().findFirst();
    }

    private List<Line> lock(String sql, Map<String, ?> parameters) {
        List<Line> locked = Rows.read(database, sql, parameters).stream()
                .map(row -> new Line(row, journal, actor))
                .toList();
        locked.forEach(line -> lines.putIfAbsent(line.key(), line));
        readPurchases(locked.stream()
                .map(line -> line.text("client_ref"))
                .filter(Objects::nonNull)
                .toList());
        return locked.stream().map(line -> line(line.key())).toList();
    }

    private void readPurchases(Collection<String> refs) {
        if (refs.isEmpty()) {
            return;
        }
        for (ObjectNode row : Rows.read(database, LedgerSql.PURCHASES, Map.of("refs", Rows.texts(refs)))) {
            Purchase purchase = new Purchase(row, journal, actor);
            purchases.putIfAbsent(purchase.clientRef(), purchase);
        }
    }

    Line line(OrderKey key) {
        return Objects.requireNonNull(lines.get(key), () -> "line not locked: " + key);
    }

    Line line(Purchase purchase) {
        return line(purchase.line());
    }

    Optional<Line> find(OrderKey key) {
        return Optional.ofNullable(lines.get(key));
    }

    /** The purchase order a line has now. */
    Optional<Purchase> purchase(Line line) {
        String ref = line.text("client_ref");
        return ref == null ? Optional.empty() : Optional.ofNullable(purchases.get(ref));
    }

    Line add(Line line) {
        lines.put(line.key(), line);
        return line;
    }

    Purchase intend(Line line) {
        Purchase purchase = Purchase.fresh(line, now(), journal, actor);
        purchases.put(purchase.clientRef(), purchase);
        return purchase;
    }

    List<JournalEntry> journal() {
        return journal;
    }

    /** Asks for a job about a purchase order, at the partner that has to be called. */
    void enqueue(String kind, Purchase purchase, @Nullable Instant runAt) {
        ObjectNode payload = Rows.object().put("clientRef", purchase.clientRef());
        jobs.add(new NewJob(kind, purchase.supplier(), purchase.clientRef(), Priority.HIGH, runAt, payload));
    }

    /** Asks the market to be told that we have a line. */
    void acknowledge(Line line, @Nullable Instant runAt) {
        enqueue(MarketJobs.acknowledge(line.key(), runAt));
    }

    /** Asks for the order of a line to be read again. */
    void reread(Line line) {
        enqueue(MarketJobs.reread(line.key()));
    }

    /** Asks for a tracking number to be uploaded. */
    void upload(Line line, String clientRef, String trackingNo, @Nullable Instant runAt) {
        enqueue(MarketJobs.upload(line.key(), clientRef, trackingNo, runAt));
    }

    void enqueue(NewJob job) {
        jobs.add(job);
    }

    List<NewJob> jobs() {
        return jobs;
    }

    /** Writes lines and purchase orders that were changed. */
    void write() {
        List<Line> changed = lines.values().stream().filter(Line::isChanged).toList();
        if (!changed.isEmpty()) {
            database.sql(LedgerSql.WRITE_LINES)
                    .param("rows", Rows.array(changed, Line::row))
                    .param("owner", options.reviewOwner())
                    .param("within", options.reviewWithin().toMillis())
                    .update();
        }
        List<Purchase> intents =
                purchases.values().stream().filter(Purchase::isChanged).toList();
        if (!intents.isEmpty()) {
            database.sql(LedgerSql.WRITE_PURCHASES)
                    .param("rows", Rows.array(intents, Purchase::row))
                    .update();
        }
    }
}
