package hub.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayConfigurationCustomizer;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.stereotype.Component;

/**
 * Migrations with connections of their own, without the time limits of the pool: an index over millions of rows takes
 * minutes, and a migration that is broken off is broken off at the next start again.
 */
@Component
public class MigrationConnections implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration migrations) {
        DataSource given = migrations.getDataSource();
        if (given instanceof HikariDataSource pool) {
            migrations.dataSource(patient(pool));
        }
    }

    private static DataSource patient(HikariDataSource pool) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.remove("options");
        properties.remove("socketTimeout");
        DriverManagerDataSource connections = new DriverManagerDataSource(pool.getJdbcUrl(), properties);
        connections.setUsername(pool.getUsername());
        connections.setPassword(pool.getPassword());
        return connections;
    }
}
