package hub.database;

import static org.assertj.core.api.Assertions.assertThat;

import hub.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who drops an index because the hub calls it unused starts the next version all the same. */
class DroppedIndexTest {

    private static final String UNUSED = """
            select s.indexrelid::regclass::text from pg_stat_user_indexes s join pg_index i on i.indexrelid = s.indexrelid
            where not i.indisunique and pg_partition_root(s.indexrelid) is null
            """;

    @Test
    void indexes_dropped_on_the_report_s_advice_do_not_stop_the_next_version() {
        DataSource database = TestDatabase.at("29");
        JdbcClient jdbc = JdbcClient.create(database);
        jdbc.sql(UNUSED)
                .query(String.class)
                .list()
                .forEach(index -> jdbc.sql("drop index " + index).update());

        TestDatabase.migrate(database, "latest");

        assertThat(jdbc.sql(UNUSED).query(String.class).list()).contains("product_supplier_newest");
    }
}
