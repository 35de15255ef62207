package hub.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits at the start for a Postgres that is not up yet, longer from try to try. The hub's ports open behind it, so
 * nobody takes it for ready meanwhile. Whatever time does not mend, such as a wrong password, fails at once.
 *
 * <p>Source of the codes: PostgreSQL 18, appendix A: 08001 nobody listens, 08006 hung up, 57P03 it starts up.
 */
final class ServerWait {

    private static final Logger LOG = LoggerFactory.getLogger(ServerWait.class);
    private static final Set<String> NOT_YET = Set.of("08001", "08006", "57P03");
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final Duration patience;

    ServerWait(Duration patience) {
        this.patience = patience;
    }

    /** @throws IllegalStateException if it cannot be reached */
    void until(DataSource server, String address) {
        long end = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST;
        while (true) {
            try {
                server.getConnection().close();
                return;
            } catch (SQLException e) {
                if (!NOT_YET.contains(String.valueOf(e.getSQLState())) || System.nanoTime() > end) {
                    throw new IllegalStateException(
                            address + " cannot be reached (" + e.getMessage()
                                    + "); see spring.datasource.url, username and password, and whether the server runs",
                            e);
                }
                LOG.warn(
                        "{} is not there yet ({}); it is tried again for {} s at most",
                        address,
                        e.getMessage(),
                        patience.toSeconds());
            }
            LockSupport.parkNanos(pause.toNanos());
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
    }
}
