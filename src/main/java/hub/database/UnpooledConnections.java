package hub.database;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Connections to the server of a pool that are none of the pool's. */
public final class UnpooledConnections {

    private UnpooledConnections() {}

    /** With properties of their own, which can be changed. */
    public static DriverManagerDataSource like(HikariDataSource pool) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        DriverManagerDataSource connections =
                new DriverManagerDataSource(String.valueOf(pool.getJdbcUrl()), properties);
        connections.setUsername(pool.getUsername());
        connections.setPassword(pool.getPassword());
        return connections;
    }
}
