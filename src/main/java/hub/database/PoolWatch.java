package hub.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import hub.database.DatabaseReport.Pool;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The connections of this process; Hikari's own meters ({@code hikaricp.connections.*}) say the same. */
@Component
class PoolWatch {

    private static final String ACQUIRE = "hikaricp.connections.acquire";
    private static final double P99 = 0.99;

    private final DataSource database;
    private final MeterRegistry meters;

    PoolWatch(DataSource database, MeterRegistry meters) {
        this.database = database;
        this.meters = meters;
    }

    Pool now() {
        try {
            HikariDataSource pool = database.unwrap(HikariDataSource.class);
            HikariPoolMXBean state = pool.getHikariPoolMXBean();
            if (state == null) { // nobody has asked for a connection yet
                return new Pool(0, 0, 0, 0, pool.getMinimumIdle(), pool.getMaximumPoolSize(), null);
            }
            return new Pool(
                    state.getTotalConnections(),
                    state.getActiveConnections(),
                    state.getIdleConnections(),
                    state.getThreadsAwaitingConnection(),
                    pool.getMinimumIdle(),
                    pool.getMaximumPoolSize(),
                    acquireP99());
        } catch (SQLException e) {
            throw new IllegalStateException("the data source is no pool of Hikari", e);
        }
    }

    private @Nullable Double acquireP99() {
        Timer acquire = meters.find(ACQUIRE).timer();
        return acquire == null
                ? null
                : Arrays.stream(acquire.takeSnapshot().percentileValues())
                        .filter(value -> value.percentile() == P99)
                        .map(PoolWatch::milliseconds)
                        .findFirst()
                        .orElse(null);
    }

    private static Double milliseconds(ValueAtPercentile value) {
        return value.value(TimeUnit.MILLISECONDS);
    }
}
