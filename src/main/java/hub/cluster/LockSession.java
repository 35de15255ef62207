package hub.cluster;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/** Advisory locks that live as long as one session of Postgres. For one thread at a time. */
final class LockSession {

    // Schemas are hubs of their own, and advisory locks belong to the whole database.
    private static final String KEY = "hashtextextended(current_schema() || ' poller ' || partner, 0)";

    private static final String TAKE =
            "select partner from unnest(?::text[]) partner where pg_try_advisory_lock(" + KEY + ")";

    private static final String GIVE =
            "select partner from unnest(?::text[]) partner where pg_advisory_unlock(" + KEY + ")";

    private final DataSource connections;
    private final Duration idle;
    private @Nullable Connection session;

    /** @param idle after which Postgres ends a session that says nothing */
    LockSession(DataSource connections, Duration idle) {
        this.connections = connections;
        this.idle = idle;
    }

    /** Takes those that are free; a sign of life also where none is asked for. */
    List<String> take(Collection<String> partners) throws SQLException {
        return partners(TAKE, partners);
    }

    void give(Collection<String> partners) throws SQLException {
        partners(GIVE, partners);
    }

    private List<String> partners(String sql, Collection<String> partners) throws SQLException {
        Connection connection = open();
        Array names = connection.createArrayOf("text", partners.toArray());
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, names);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private Connection open() throws SQLException {
        Connection open = session;
        if (open == null) {
            open = connections.getConnection();
            session = open;
            try (Statement statement = open.createStatement()) {
                statement.execute("set idle_session_timeout = " + idle.toMillis());
            }
        }
        return open;
    }

    /** Gives all locks up. */
    void close() {
        Connection closing = session;
        session = null;
        if (closing != null) {
            JdbcUtils.closeConnection(closing); // says nothing where it was gone before
        }
    }
}
