package hub.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.stereotype.Component;

/**
 * Migrations with connections of their own, without the time limits of the pool: an index over millions of rows takes
 * minutes, and a migration that is broken off is broken off at the next start again. They are the first that a start
 * asks for, so it is here that a server which is not up yet is waited for.
 */
@Component
public class MigrationConnections implements FlywayConfigurationCustomizer {

    /** A server that starts beside the hub is up by then. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Override
    public void customize(FluentConfiguration migrations) {
        DataSource given = migrations.getDataSource();
        if (given instanceof HikariDataSource pool) {
            DataSource patient = patient(pool);
            new ServerWait(PATIENCE).until(patient, String.valueOf(pool.getJdbcUrl()));
            migrations.dataSource(patient);
        }
    }

    private static DataSource patient(HikariDataSource pool) {
        DriverManagerDataSource connections = UnpooledConnections.like(pool);
        Properties properties = Objects.requireNonNull(connections.getConnectionProperties());
        properties.remove("options");
        properties.remove("socketTimeout");
        return connections;
    }
}
