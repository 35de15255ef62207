package hub.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.TestDatabase;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JournalTest {

    private final DataSource postgres = TestDatabase.fresh();
    private final JdbcClient database = JdbcClient.create(postgres);
    private final Journal journal = new Journal(database);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update journal set reason = 'other' where seq = 3",
                "update journal set at = at + interval '1 microsecond' where seq = 3",
                "update journal set key = key || to_state, to_state = '' where seq = 3",
                "update journal set hash = sha256('x') where seq = 3",
                "delete from journal where seq = 3",
            })
    void changed_row_is_found(String change) {
        write(5);
        assertThat(journal.verify()).isEmpty();
        database.sql("alter table journal disable trigger all").update();
        database.sql(change).update();
        assertThat(journal.verify().orElseThrow()).isBetween(3L, 4L);
    }

    @Test
    void journal_can_only_grow() {
        write(2);
        assertThatThrownBy(() -> database.sql("delete from journal").update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("append-only");
    }

    @Test
    void head_tells_that_the_end_was_cut_off() {
        write(3);
        String head = journal.head();
        database.sql("alter table journal disable trigger all").update();
        database.sql("delete from journal where seq = 3").update();
        assertThat(journal.verify()).isEmpty();
        assertThat(journal.head()).isNotEqualTo(head);
    }

    private void write(int rows) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(postgres));
        for (int n = 0; n < rows; n++) {
            String key = "k" + n;
            transaction.executeWithoutResult(status -> journal.append(
                    List.of(new JournalEntry("line", key, "RECEIVED", "VALIDATED", "사유 " + key, "test"))));
        }
    }
}
