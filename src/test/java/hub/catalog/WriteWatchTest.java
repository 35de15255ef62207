package hub.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import hub.TestDatabase;
import hub.TestRedis;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever keeps answers is told of each commit once, and of nothing that was rolled back. */
class WriteWatchTest {

    private static final DataSource DATABASE = TestDatabase.fresh();

    private final CatalogRig rig = new CatalogRig(DATABASE, TestRedis.fresh());

    @Test
    void batch_is_told_once_whatever_its_size_and_an_end_too() {
        rig.store(List.of(CatalogRig.product("A", 1_000), CatalogRig.product("B", 1_000)));
        assertThat(rig.told).containsExactly(CatalogRig.SUPPLIER);

        rig.products.end(CatalogRig.SUPPLIER, List.of("A"));
        assertThat(rig.told).hasSize(2);
    }

    @Test
    void what_is_rolled_back_is_not_told() {
        TransactionTemplate outer = new TransactionTemplate(new JdbcTransactionManager(DATABASE));

        outer.executeWithoutResult(status -> {
            rig.products.release(CatalogRig.product("C", 1_000));
            assertThat(rig.told).as("not before the commit").isEmpty();
            status.setRollbackOnly();
        });

        assertThat(rig.told).isEmpty();
    }
}
