package hub.budget;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The processes that share the budgets: a row of {@code budget_process} each, kept fresh by its process.
 *
 * <p>The row is there before the first call, so whoever finds Redis empty knows who has something to tell. Thread-safe.
 */
final class Sharers {

    /** All of a limit, in {@link #part}. */
    static final long WHOLE = 1000;

    private final String id = UUID.randomUUID().toString().substring(0, 13);
    private final JdbcClient database;
    private volatile boolean joined;
    private volatile int alive = 1;
    private volatile int alone;

    Sharers(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    String id() {
        return id;
    }

    /** How many processes were alive lately, this one included. */
    int alive() {
        return alive;
    }

    /**
     * What those who have Redis may use of each limit, in thousandths: each that has lost it takes its own part alone.
     */
    long part() {
        int together = Math.max(1, alive - alone);
        return WHOLE * together / Math.max(together, alive);
    }

    void joinOnce() {
        if (!joined) {
            beat(false);
            database.sql("delete from budget_process where seen_at < now() - interval '1 day'")
                    .update();
            joined = true;
        }
    }

    /**
     * Says that this process lives, and counts the others.
     *
     * @param isAlone whether it has lost Redis
     */
    void beat(boolean isAlone) {
        database.sql("""
                        insert into budget_process (id, alone) values (?, ?)
                        on conflict (id) do update set seen_at = now(), alone = excluded.alone""").params(id, isAlone).update();
        database.sql("""
                        select count(*), count(*) filter (where alone) from budget_process
                        where seen_at > now() - interval '10 seconds'""").query(row -> {
            alive = row.getInt(1);
            alone = row.getInt(2);
        });
    }

    /** Who may have called within any short window, a dead process and this one included. */
    List<String> recent() {
        List<String> rows = database.sql("select id from budget_process where seen_at > now() - interval '10 minutes'")
                .query(String.class)
                .list();
        return Stream.concat(rows.stream(), Stream.of(id)).distinct().toList();
    }
}
