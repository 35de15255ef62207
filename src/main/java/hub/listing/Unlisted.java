package hub.listing;

import hub.queue.Jobs;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The markets on which no route lists anything, such as those that are left out: nothing new is planned for them, and
 * all that they lack is once a route does. To be called in a transaction.
 *
 * <p>They are kept in Postgres: a restart plans nothing before its routes have shown what they take.
 */
final class Unlisted {

    private static final Logger LOG = LoggerFactory.getLogger(Unlisted.class);

    /** Never sent, and planned anew when a route lists there; with the creations that wait for nobody. */
    private static final String FORGET = """
            with gone as (
              delete from listing
              where market = :market and account = :account and state = 'planned' and create_sent_at is null
                and market_ids is null
              returning account, key)
            delete from job j using gone g
            where j.partner = :market and j.kind = 'create-listing' and j.state = 'ready'
              and j.dedupe_key = g.account || '/' || g.key
            """;

    private static final String PLAN = """
            insert into product_change (supplier, sku)
            select p.supplier, p.sku from product p
            where not exists (select 1 from listing l where l.supplier = p.supplier and l.sku = p.sku
                                and l.market || '' = :market and l.account || '' = :account)
            order by 1, 2 on conflict do nothing
            """;

    private final JdbcClient database;
    private final Jobs jobs;
    private final Map<String, ListingOptions.Market> markets;

    Unlisted(JdbcClient database, Jobs jobs, Map<String, ListingOptions.Market> markets) {
        this.database = database;
        this.jobs = jobs;
        this.markets = markets;
    }

    static String reason(String market) {
        return "no route lists on " + market;
    }

    /** Compares the markets with what the routes take. */
    void follow() {
        markets.forEach((name, market) -> {
            if (jobs.takers().has(name, Work.CREATE)) {
                listed(name, market);
            } else if (jobs.takers().lacks(name, Work.CREATE)) {
                unlisted(name, market);
            }
        });
    }

    private void unlisted(String name, ListingOptions.Market market) {
        if (isChanged("insert into unlisted_market (market) values (:market) on conflict do nothing", name)) {
            LOG.info(
                    "{}: nothing is planned there until hub.partners.{} takes part and a create-listing route runs;"
                            + " what is listed there stays",
                    reason(name),
                    name);
            run(FORGET, name, market);
        }
    }

    private void listed(String name, ListingOptions.Market market) {
        if (isChanged("delete from unlisted_market where market = :market", name)) {
            LOG.info("a route lists on {} again: what it lacks is planned", name);
            run(PLAN, name, market);
        }
    }

    private boolean isChanged(String statement, String name) {
        return database.sql(statement).param("market", name).update() == 1;
    }

    private void run(String statement, String name, ListingOptions.Market market) {
        database.sql(statement)
                .param("market", name)
                .param("account", market.account())
                .update();
    }
}
