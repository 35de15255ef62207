package hub.partner.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The calls of this process, counted by minute, partner, operation and class of answer, and written to
 * {@code call_ledger} when their minute is over.
 *
 * <p>Classes: {@code ok}; {@code final}, the partner refuses our data; {@code credentials}, it refuses us (401, 403);
 * {@code limited}, it is called too often (429); {@code retry}, not accepted; {@code unknown}, a change that may have
 * been made. What never left is no call.
 *
 * <p>Guarantee: a stop writes everything. A process that is killed loses the minute that runs, and of the one before it
 * what the route {@code call-ledger} has not written yet (5 s). Where the answer of a write is lost, its minute is
 * written again: the ledger may then count too much, never too little. While Postgres is away at most {@link #MOST}
 * lines wait; what comes on top is counted by the meter {@code hub.partner.ledger.lost} alone. Thread-safe.
 */
@Component
public class CallLedger implements DisposableBean {

    /** Some hours of everything the hub calls; a few megabytes. */
    static final int MOST = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(CallLedger.class);
    private static final String TABLE = "call_ledger";
    private static final String INSERT = """
            insert into call_ledger (minute, partner, operation, class, calls, retries, bytes_out, bytes_in,
              cost_milli_won, slowest_ms)
            select to_timestamp(minute), partner, operation, class, calls, retries, bytes_out, bytes_in, cost, slowest
            from unnest(?::int8[], ?::text[], ?::text[], ?::text[], ?::int8[], ?::int8[], ?::int8[], ?::int8[], ?::int8[],
              ?::int8[]) as t (minute, partner, operation, class, calls, retries, bytes_out, bytes_in, cost, slowest)""";

    private final JdbcTemplate jdbc;
    private final LedgerOptions options;
    private final Clock clock;
    private final Counter lost;
    private final Map<Line, Tally> open = new ConcurrentHashMap<>();

    public CallLedger(JdbcTemplate jdbc, LedgerOptions options, Clock clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.options = options;
        this.clock = clock;
        this.lost = Counter.builder("hub.partner.ledger.lost")
                .description("Calls that are in no row of the ledger, because Postgres was away for hours")
                .register(meters);
        Gauge.builder("hub.partner.ledger.waiting", open, Map::size)
                .description("Lines of the ledger that are not written yet")
                .register(meters);
    }

    /** Counts calls that came back now. */
    public void count(String partner, String operation, String kind, Tally calls) {
        Line line = new Line(minute(), partner, operation, kind);
        if (open.size() >= MOST && !open.containsKey(line)) {
            lost.increment((double) calls.calls());
        } else {
            open.merge(line, calls, Tally::plus);
        }
    }

    /** Writes the minutes that are over, in one statement; what cannot be written is kept for the next time. */
    public void flush() {
        write(minute());
    }

    /** Makes the months that the next quarter's calls go to. */
    public void makePartitions() {
        jdbc.query("select make_months(?, 'minute')", row -> {}, TABLE);
    }

    /** Drops the months that are older than is kept. Answers their names. */
    public List<String> dropPartitions() {
        String keep = options.keep().toSeconds() + " seconds";
        return jdbc.queryForList("select drop_months(?, ?::interval)", String.class, TABLE, keep);
    }

    /** Writes everything, the minute that runs too. */
    @Override
    public void destroy() {
        try {
            write(Instant.MAX);
        } catch (DataAccessException e) {
            LOG.warn(
                    "the calls of the last minutes are in no row of call_ledger: Postgres is away ({})",
                    e.getMessage());
        }
    }

    private synchronized void write(Instant before) {
        Map<Line, Tally> closed = new LinkedHashMap<>();
        for (Line line : List.copyOf(open.keySet())) {
            Tally tally = line.minute().isBefore(before) ? open.remove(line) : null;
            if (tally != null) {
                closed.put(line, tally);
            }
        }
        if (closed.isEmpty()) {
            return;
        }
        try {
            jdbc.execute((Connection connection) -> insert(connection, List.copyOf(closed.entrySet())));
        } catch (DataAccessException e) {
            closed.forEach((line, tally) -> open.merge(line, tally, Tally::plus));
            throw e;
        }
    }

    private static int insert(Connection connection, List<Map.Entry<Line, Tally>> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setArray(
                    1, numbers(connection, rows, row -> row.getKey().minute().getEpochSecond()));
            statement.setArray(2, texts(connection, rows, Line::partner));
            statement.setArray(3, texts(connection, rows, Line::operation));
            statement.setArray(4, texts(connection, rows, Line::kind));
            statement.setArray(
                    5, numbers(connection, rows, row -> row.getValue().calls()));
            statement.setArray(
                    6, numbers(connection, rows, row -> row.getValue().retries()));
            statement.setArray(
                    7, numbers(connection, rows, row -> row.getValue().bytesOut()));
            statement.setArray(
                    8, numbers(connection, rows, row -> row.getValue().bytesIn()));
            statement.setArray(
                    9, numbers(connection, rows, row -> row.getValue().costMilliWon()));
            statement.setArray(
                    10, numbers(connection, rows, row -> row.getValue().slowestMs()));
            return statement.executeUpdate();
        }
    }

    private static Array texts(Connection connection, List<Map.Entry<Line, Tally>> rows, Function<Line, String> of)
            throws SQLException {
        return connection.createArrayOf(
                "text", rows.stream().map(row -> of.apply(row.getKey())).toArray());
    }

    private static Array numbers(
            Connection connection, List<Map.Entry<Line, Tally>> rows, ToLongFunction<Map.Entry<Line, Tally>> of)
            throws SQLException {
        return connection.createArrayOf(
                "int8", rows.stream().mapToLong(of).boxed().toArray());
    }

    private Instant minute() {
        return clock.instant().truncatedTo(ChronoUnit.MINUTES);
    }
}
