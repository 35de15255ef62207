package hub.restore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notices that Postgres was set back, to a backup or to a standby without the last commits. Partners know then of
 * orders and listings that it has forgotten, so whoever sends something only once looks it up first.
 *
 * <p>A dump that was loaded shows by the number of a table that it made anew, also on the same server; on another one
 * by that server's identifier too; a standby that took over, or a recovery to some point, by its timeline. A copy of
 * the data folder shows by none: whoever puts one back says so by {@code hub.restore.at}; or the catalogue tells, when
 * Redis knows of more than Postgres. Thread-safe.
 */
@Component
public class Restores {

    private static final Logger LOG = LoggerFactory.getLogger(Restores.class);

    private static final String LAST = """
            select which_database() as server, last.server as before, last.began_at, last.set_back
            from (select) one left join lateral (select * from epoch order by number desc limit 1) last on true
            """;

    private static final String BEGIN = """
            insert into epoch (server, began_at, set_back) values (which_database(), coalesce(?::timestamptz, clock_timestamp()), ?)
            """;

    private static final String NAME_WHOLE =
            "update epoch set server = which_database() where number = (select max(number) from epoch)";

    private static final String SAID = "hub.restore.at says so";

    private final JdbcClient database;
    private final RestoreOptions options;

    public Restores(JdbcClient database, RestoreOptions options) {
        this.database = database;
        this.options = options;
    }

    /**
     * When Postgres was last set back, as far as is known, by its own clock; empty: never. Asked in the caller's
     * transaction, so that it is of the Postgres that is written to.
     */
    public Optional<Instant> last() {
        Epoch epoch = epoch();
        return (isOver(epoch) ? epoch() : epoch).setBackAt();
    }

    /** Writes down that another has begun, if it has. */
    private boolean isOver(Epoch epoch) {
        Instant said = options.at();
        if (epoch.before() == null) {
            begin(said, said != null, SAID);
        } else if (!epoch.server().equals(epoch.before()) && !epoch.isNamedShort()) {
            begin(null, true, "it was server/timeline/table " + epoch.before() + " and is " + epoch.server());
        } else if (said != null && said.isAfter(epoch.beganAt())) {
            begin(said, true, SAID);
        } else {
            if (epoch.isNamedShort()) {
                database.sql(NAME_WHOLE).update();
            }
            return false;
        }
        return true;
    }

    /** The same, as long as new listings may be some that Postgres has forgotten. */
    public Optional<Instant> lastForListings() {
        return last().filter(at -> at.plus(options.listingsFor()).isAfter(Instant.now()));
    }

    /**
     * Somebody found that Postgres was set back.
     *
     * @param how by what it shows
     */
    public void found(String how) {
        begin(null, true, how);
    }

    private Epoch epoch() {
        return database.sql(LAST).query((row, n) -> Epoch.of(row)).single();
    }

    private void begin(@Nullable Instant at, boolean setBack, String how) {
        database.sql(BEGIN)
                .params(at == null ? null : at.atOffset(ZoneOffset.UTC), setBack)
                .update();
        if (setBack) {
            LOG.error(
                    "Postgres was set back, such as to a backup ({}). What was sent since then may be forgotten: orders that"
                            + " came before now are looked up at their supplier before they are bought, and for {} days each new"
                            + " listing at its market before it is created. If it is the same database on another server,"
                            + " with nothing lost, this costs these calls and nothing else",
                    how,
                    options.listingsFor().toDays());
        }
    }

    /**
     * A stretch of time in which Postgres forgot nothing.
     *
     * @param server the Postgres that we are connected to
     * @param before the one that the last epoch began with; null before the first
     */
    private record Epoch(String server, @Nullable String before, Instant beganAt, boolean setBack) {

        Optional<Instant> setBackAt() {
            return setBack ? Optional.of(beganAt) : Optional.empty();
        }

        /** By its server and timeline only, as before the number of the table was looked at. */
        boolean isNamedShort() {
            return before != null && server.startsWith(before + "/");
        }

        static Epoch of(ResultSet row) throws SQLException {
            OffsetDateTime began = row.getObject("began_at", OffsetDateTime.class);
            return new Epoch(
                    row.getString("server"),
                    row.getString("before"),
                    began == null ? Instant.EPOCH : began.toInstant(),
                    row.getBoolean("set_back"));
        }
    }
}
