package hub.listing;

import hub.queue.Jobs;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The suppliers from which nothing buys, as far as their listings go. To be called in a transaction.
 *
 * <p>They are kept in Postgres: a restart neither lists anything nor takes anything off sale before its routes have
 * shown what they take.
 */
final class Unbought {

    private static final Logger LOG = LoggerFactory.getLogger(Unbought.class);
    private static final String PLACE = "place-order";

    /** By hops over the primary key, whatever the number of products. */
    private static final String SUPPLIERS = """
            with recursive s as (
              (select supplier from product order by supplier limit 1)
              union all
              select (select supplier from product where supplier > s.supplier order by supplier limit 1)
              from s where s.supplier is not null)
            select supplier from s where supplier is not null
            """;

    /** Every time, as a plan may have listed something meanwhile. */
    private static final String TAKE_OFF = """
            insert into product_change (supplier, sku)
            select distinct l.supplier, l.sku from unbought_supplier u join listing l using (supplier)
            where (l.desired ->> 'onSale')::boolean and l.desired ->> 'why' is null order by 1, 2
            on conflict do nothing
            """;

    private final JdbcClient database;
    private final Jobs jobs;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Unbought(JdbcClient database, Jobs jobs) {
        this.database = database;
        this.jobs = jobs;
    }

    static String reason(String supplier) {
        return "nothing buys from " + supplier + ": no route takes its purchase orders";
    }

    /** Compares the suppliers with what the routes take, and has the products looked at again that this concerns. */
    void follow() {
        List<String> suppliers = database.sql(SUPPLIERS).query(String.class).list();
        for (String supplier : suppliers) {
            if (jobs.takers().has(supplier, PLACE)) {
                bought(supplier);
            } else if (jobs.takers().lacks(supplier, PLACE)) {
                unbought(supplier);
            }
        }
        database.sql(TAKE_OFF).update();
    }

    private void bought(String supplier) {
        boolean back = database.sql("delete from unbought_supplier where supplier = :supplier")
                        .param("supplier", supplier)
                        .update()
                == 1;
        if (back) {
            told.remove(supplier);
            LOG.info("a route takes the purchase orders of {} again: its products are listed again", supplier);
            database.sql("insert into product_change (supplier, sku) select supplier, sku from product"
                            + " where supplier = :supplier order by 1, 2 on conflict do nothing")
                    .param("supplier", supplier)
                    .update();
        }
    }

    private void unbought(String supplier) {
        database.sql("insert into unbought_supplier (supplier) values (:supplier) on conflict do nothing")
                .param("supplier", supplier)
                .update();
        if (told.add(supplier)) {
            LOG.warn(
                    "{}; its products are not listed, what is listed is shown as sold out: add a place-order or hand-off"
                            + " route in routes/suppliers/{}/, or enable the partner, and restart",
                    reason(supplier),
                    supplier);
        }
    }
}
