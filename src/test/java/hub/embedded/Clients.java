package hub.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisPassword;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A client of both servers, with the properties that Spring is given. */
final class Clients {

    private final Map<String, Object> properties;

    Clients(Map<String, Object> properties) {
        this.properties = properties;
    }

    Map<String, Object> properties() {
        return properties;
    }

    /** Runs statements; the first column of the first row of the last one. */
    String sql(String statements) throws SQLException {
        return sql(text("spring.datasource.password"), statements);
    }

    String sql(String password, String statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        text("spring.datasource.url"), text("spring.datasource.username"), password);
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
            do {
                ResultSet rows = statement.getResultSet();
                if (rows != null && rows.next()) {
                    return rows.getString(1);
                }
            } while (statement.getMoreResults() || statement.getUpdateCount() != -1);
            return "";
        }
    }

    String show(String setting) throws SQLException {
        return sql("SHOW " + setting);
    }

    interface RedisCall {
        @Nullable
        Object on(StringRedisTemplate redis);
    }

    String redis(RedisCall call) {
        return redis(text("spring.data.redis.password"), call);
    }

    String redis(String password, RedisCall call) {
        RedisStandaloneConfiguration where = new RedisStandaloneConfiguration(
                text("spring.data.redis.host"), (Integer) properties.getOrDefault("spring.data.redis.port", 0));
        where.setPassword(password.isEmpty() ? RedisPassword.none() : RedisPassword.of(password));
        LettuceConnectionFactory connections = new LettuceConnectionFactory(where);
        connections.afterPropertiesSet();
        connections.start();
        try {
            return String.valueOf(call.on(new StringRedisTemplate(connections)));
        } finally {
            connections.destroy();
        }
    }

    String redisSetting(String name) {
        return redis(redis -> redis.execute(
                (RedisConnection connection) -> connection.serverCommands().getConfig(name)));
    }

    String text(String property) {
        return String.valueOf(properties.get(property));
    }
}
