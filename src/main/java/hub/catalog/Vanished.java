package hub.catalog;

import hub.catalog.guard.FeedGuards;
import hub.catalog.guard.FeedGuards.Gone;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Products that pulls do not bring any more: ended when two whole ones in a row did not have them, of unknown stock
 * when their item cannot be mapped.
 */
@Component
class Vanished {

    private static final String THERE =
            "select sku, missing_since is not null, state <> 'ended' from product p where supplier = ? and not exists"
                    + " (select 1 from product_reject r where r.supplier = p.supplier and r.sku = p.sku)";

    private static final int TOGETHER = 5000;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final PullOptions options;
    private final ProductStore products;
    private final KnownProducts known;
    private final FeedGuards feeds;
    private final Rejects rejects;

    Vanished(
            JdbcTemplate jdbc,
            TransactionTemplate transaction,
            PullOptions options,
            ProductStore products,
            KnownProducts known,
            FeedGuards feeds,
            Rejects rejects) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.options = options;
        this.products = products;
        this.known = known;
        this.feeds = feeds;
        this.rejects = rejects;
    }

    /**
     * Ends what two whole pulls in a row did not have, unless so much is missing that the feed is not believed. An item
     * that was there and could not be mapped is not missing.
     *
     * @return whether what is missing is believed
     */
    boolean after(Pull pull) {
        // Rejects have Postgres' time, pulls the hub's; the overlap bears what these two are apart.
        Instant before = pull.startedAt().minus(options.overlap());
        rejects.forgetGone(pull.supplier(), before, pull.seen()::contains);
        if (pull.progress().leftOut() == 0 && isAllThere(pull)) {
            return true;
        }
        List<String> missing = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        List<String> back = new ArrayList<>();
        int[] there = {0};
        each(pull.supplier(), row -> {
            there[0] += row.getBoolean(3) ? 1 : 0;
            boolean seen = pull.seen().contains(row.getString(1));
            if (seen && row.getBoolean(2)) {
                back.add(row.getString(1));
            } else if (!seen && row.getBoolean(3)) {
                (row.getBoolean(2) ? twice : missing).add(row.getString(1));
            }
        });
        // Still marked though it was there: Redis took it for known when it came back, so the next pull stores it.
        known.forget(pull.supplier(), back);
        Gone gone = new Gone(missing, twice);
        Gone believed = feeds.believed(pull.supplier(), gone, most(there[0]), there[0]);
        end(pull.supplier(), believed.missing(), believed.again());
        return believed.size() == gone.size();
    }

    /**
     * What is stored and cannot be mapped any more may be sold out or dearer by now: its stock is not known until it
     * can be mapped again, and its listings go off sale when that takes too long (hub.listing.stale-max). To be called
     * when all pages of a pull are believed, of which a renamed field would keep most of a catalogue away.
     */
    void unmappable(String supplier) {
        List<String> skus = jdbc.queryForList(ProductSql.UNMAPPABLE, String.class, supplier);
        for (int from = 0; from < skus.size(); from += TOGETHER) {
            List<String> some = skus.subList(from, Math.min(skus.size(), from + TOGETHER));
            known.forget(supplier, some); // before the commit: what is then sent as it once was has to be stored again
            forgetStocks(supplier, some);
        }
    }

    private void forgetStocks(String supplier, List<String> skus) {
        transaction.executeWithoutResult(status -> {
            jdbc.update(ProductSql.FORGET_STOCKS, supplier, skus.toArray(String[]::new));
            products.tellWhenCommitted(supplier);
        });
    }

    private long most(int there) {
        return (long) Math.min(options.maxVanished(), Math.max(1, there * options.maxVanishedShare()));
    }

    /** What was seen is stored; as many as are stored were seen: so nothing is missing. */
    private boolean isAllThere(Pull pull) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                "select count(*) = ? and count(missing_since) = 0 from product where supplier = ?",
                Boolean.class,
                pull.seen().size(),
                pull.supplier()));
    }

    /** Only in a transaction does the driver read a piece at a time: a million skus at once are 100 MB. */
    private void each(String supplier, RowCallbackHandler handler) {
        transaction.executeWithoutResult(status -> jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(THERE);
                    statement.setFetchSize(5000);
                    statement.setString(1, supplier);
                    return statement;
                },
                handler));
    }

    private void end(String supplier, List<String> missing, List<String> twice) {
        if (missing.isEmpty() && twice.isEmpty()) {
            return;
        }
        jdbc.update(
                "update product set missing_since = now() where supplier = ? and sku = any (?)",
                supplier,
                missing.toArray(String[]::new));
        products.end(supplier, twice);
        known.forget(supplier, missing);
        known.forget(supplier, twice);
    }
}
