package hub.database;

import java.util.Objects;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** A look at the database that changes nothing, waits for no lock, and ends in time. Thread-safe. */
@Component
class Look {

    private static final String SETTINGS =
            "select set_config('statement_timeout', ?, true), set_config('lock_timeout', ?, true)";

    private final JdbcTemplate jdbc;
    private final TransactionTemplate reading;
    private final String timeout;

    Look(DataSource database, DatabaseOptions options) {
        this.jdbc = new JdbcTemplate(database);
        this.reading = new TransactionTemplate(new JdbcTransactionManager(database));
        reading.setReadOnly(true);
        this.timeout = options.timeout().toMillis() + "ms";
    }

    /** What {@code question} finds; everything it asks is one transaction. */
    <T> T at(Function<JdbcTemplate, T> question) {
        return Objects.requireNonNull(reading.execute(transaction -> {
            jdbc.query(SETTINGS, row -> {}, timeout, timeout);
            return question.apply(jdbc);
        }));
    }
}
