package hub.catalog.guard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.catalog.KnownProducts;
import hub.catalog.ProductStore;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Decisions of a person about what is held. Each names the hash of what was shown; when something else came meanwhile,
 * nothing is changed. The decision and what it does commit together.
 */
@Component
public class HoldDesk {

    private static final String NOTE_ITEM = """
            insert into guard_decision (actor, decision, supplier, sku, guard, hash, facts)
            select ?, ?, supplier, sku, guard, hash, jsonb_build_object('was', was, 'offered', offered - 'content')
            from item_hold where supplier = ? and sku = ?
            """;

    private static final String NOTE_FEED = """
            insert into guard_decision (actor, decision, supplier, guard, hash, facts)
            select ?, ?, supplier, guard, hash,
              jsonb_build_object('measured', measured, 'expected', expected, 'reason', reason)
            from feed_hold where supplier = ? and guard = ?
            """;

    /** What was missing counts as missing once: the next whole pull without it ends it. */
    private static final String LET_GO = """
            update product p set missing_since = coalesce(p.missing_since, now())
            from feed_hold_sku s where s.supplier = ? and p.supplier = s.supplier and p.sku = s.sku and p.state <> 'ended'
            returning p.sku
            """;

    /** What was left out is in no later answer of a supplier that is asked for changes: the next pull is whole. */
    private static final String READ_WHOLE = """
            update cursor set state = jsonb_set(state - 'open', '{wholeAt}', to_jsonb('1970-01-01T00:00:00Z'::text))
            where partner = ? and name = 'products' and state -> 'wholeAt' is not null
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final ObjectMapper json;
    private final ProductStore products;
    private final KnownProducts known;

    public HoldDesk(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            ObjectMapper json,
            ProductStore products,
            KnownProducts known) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
        this.products = products;
        this.known = known;
    }

    private record Held(String state, String hash, boolean offSale, String offered) {}

    /**
     * Decides about an item: yes stores what was offered, no keeps what was known. What must not be sold at what is
     * known stays off sale after a no.
     *
     * @param hash of what was shown, in hex
     * @throws HoldRefusedException when it is not to be decided so
     */
    public void item(String supplier, String sku, String hash, String decision, String actor) {
        boolean yes = isYes(decision);
        String what = supplier + " " + sku;
        transaction.executeWithoutResult(status -> {
            // The product first, as every writer does: two never wait for each other.
            jdbc.query("select from product where supplier = ? and sku = ? for update", row -> {}, supplier, sku);
            Held held = one(
                    jdbc.query(
                            "select state, encode(hash, 'hex'), off_sale, offered from item_hold"
                                    + " where supplier = ? and sku = ? for update",
                            (row, n) ->
                                    new Held(row.getString(1), row.getString(2), row.getBoolean(3), row.getString(4)),
                            supplier,
                            sku),
                    what,
                    hash,
                    yes ? "" : "refused");
            jdbc.update(NOTE_ITEM, actor, decision, supplier, sku);
            if (yes) {
                jdbc.update("delete from item_hold where supplier = ? and sku = ?", supplier, sku);
                products.release(Offered.product(supplier, sku, parse(held.offered())));
            } else {
                refuse(supplier, sku, held);
            }
        });
    }

    private void refuse(String supplier, String sku, Held held) {
        jdbc.update("update item_hold set state = 'refused' where supplier = ? and sku = ?", supplier, sku);
        if (!held.offSale()) {
            jdbc.update(
                    "update product set state = content ->> 'state', held_reason = null, changed_at = now()"
                            + " where supplier = ? and sku = ? and state = 'held'",
                    supplier,
                    sku);
            jdbc.update(
                    "insert into product_change (supplier, sku) values (?, ?) on conflict do nothing", supplier, sku);
            products.tellWhenCommitted(supplier);
        }
    }

    /**
     * Decides about a feed: after a yes the next pull takes it as it was shown, after a no it stays held.
     *
     * @param hash of what was shown, in hex
     * @throws HoldRefusedException when it is not to be decided so
     */
    public void feed(String supplier, String guard, String hash, String decision, String actor) {
        boolean yes = isYes(decision);
        String what = supplier + " " + guard;
        List<String> gone = transaction.execute(status -> {
            one(
                    jdbc.query(
                            "select state, encode(hash, 'hex') from feed_hold where supplier = ? and guard = ? for update",
                            (row, n) -> new Held(row.getString(1), row.getString(2), false, ""),
                            supplier,
                            guard),
                    what,
                    hash,
                    yes ? "accepted" : "refused");
            if (yes && !FeedGuard.of(guard).isAcceptable()) {
                throw HoldRefusedException.never(what);
            }
            jdbc.update(NOTE_FEED, actor, decision, supplier, guard);
            jdbc.update(
                    "update feed_hold set state = ? where supplier = ? and guard = ?",
                    yes ? "accepted" : "refused",
                    supplier,
                    guard);
            if (yes && guard.equals(FeedGuard.GROWTH.label())) {
                jdbc.update(READ_WHOLE, supplier);
            }
            boolean ends = yes && guard.equals(FeedGuard.SHRINK.label());
            return ends ? jdbc.queryForList(LET_GO, String.class, supplier) : List.<String>of();
        });
        known.forget(supplier, gone == null ? List.of() : gone);
    }

    private static Held one(List<Held> found, String what, String hash, String wanted) {
        if (found.isEmpty()) {
            throw HoldRefusedException.unknown(what);
        }
        Held held = found.get(0);
        if (!held.hash().equals(hash)) {
            throw HoldRefusedException.changed(what, held.hash());
        }
        if (held.state().equals(wanted)) {
            throw HoldRefusedException.decided(what);
        }
        return held;
    }

    private static boolean isYes(String decision) {
        if (!decision.equals("yes") && !decision.equals("no")) {
            throw HoldRefusedException.decision(decision);
        }
        return decision.equals("yes");
    }

    private JsonNode parse(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
