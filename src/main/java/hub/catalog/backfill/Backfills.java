package hub.catalog.backfill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.catalog.backfill.RangeRefusedException.Why;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The ranges that were asked for, in Postgres: who asks may be another process than the one that reads. Of each
 * supplier one is open at most. Thread-safe.
 */
@Component
public class Backfills {

    private static final String COLUMNS = "supplier, from_text, to_text, state, asked_by, asked_at, began_at, ended_at,"
            + " place, pages, of_pages, items, rejected, why";

    /** After so long without a beat whoever had it was killed. */
    private static final String SILENT = "beat_at < now() - interval '15 seconds'";

    // The same range as one that failed goes on where that one was.
    private static final String ASK = """
            insert into backfill (supplier, from_text, to_text, state, asked_by) values (?, ?, ?, 'asked', ?)
            on conflict (supplier) do update set
              from_text = excluded.from_text, to_text = excluded.to_text, state = 'asked', asked_by = excluded.asked_by,
              asked_at = now(), began_at = null, ended_at = null, beat_at = now(), why = '', of_pages = null,
              place = case when %1$s then backfill.place end,
              pages = case when %1$s then backfill.pages else 0 end,
              items = case when %1$s then backfill.items else 0 end,
              rejected = case when %1$s then backfill.rejected else 0 end
            where backfill.state not in ('asked', 'running') or backfill.%2$s
            """.formatted(
                    "backfill.state = 'failed' and backfill.from_text = excluded.from_text"
                            + " and backfill.to_text is not distinct from excluded.to_text",
                    SILENT);

    private static final String TAKE = """
            update backfill set state = 'running', began_at = coalesce(began_at, now()), beat_at = now()
            where (state = 'asked' or (state = 'running' and %s)) and supplier <> all (?)
            returning %s
            """.formatted(SILENT, COLUMNS);

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    public Backfills(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Asks for a range.
     *
     * @throws RangeRefusedException if one of this supplier is open
     */
    public void ask(String supplier, String from, @Nullable String to, String by) {
        int asked = jdbc.sql(ASK).params(supplier, from, to, by).update();
        if (asked == 0) {
            String open = of(supplier).map(Backfill::from).orElse("");
            throw new RangeRefusedException(Why.BUSY, supplier, open);
        }
    }

    /**
     * Those that nobody reads, which the caller reads from now on: he has to {@link #beat} for them.
     *
     * @param others suppliers whose ranges are left to others
     */
    public List<Backfill> take(Collection<String> others) {
        return jdbc.sql(TAKE)
                .param(others.toArray(String[]::new))
                .query(this::backfill)
                .list();
    }

    /** Says that those of these suppliers go on. */
    public void beat(Collection<String> suppliers) {
        jdbc.sql("update backfill set beat_at = now() where state = 'running' and supplier = any (?)")
                .param(suppliers.toArray(String[]::new))
                .update();
    }

    /** How far one is, and the place it can be gone on from. */
    public void place(
            String supplier, JsonNode place, int pages, @Nullable Integer ofPages, long items, long rejected) {
        jdbc.sql("""
                        update backfill set place = ?::jsonb, pages = ?, of_pages = ?, items = ?, rejected = ?, beat_at = now()
                        where supplier = ? and state = 'running'
                        """)
                .params(place.toString(), pages, ofPages, items, rejected, supplier)
                .update();
    }

    /**
     * Ends one.
     *
     * @param state done, failed or refused
     * @param why empty for done
     */
    public void end(String supplier, String state, String why) {
        jdbc.sql("""
                        update backfill set state = ?, why = left(?, 500), ended_at = now()
                        where supplier = ? and state in ('asked', 'running')
                        """).params(state, why, supplier).update();
    }

    public Optional<Backfill> of(String supplier) {
        return jdbc.sql("select " + COLUMNS + " from backfill where supplier = ?")
                .param(supplier)
                .query(this::backfill)
                .optional();
    }

    /** The last one of every supplier. */
    public List<Backfill> all() {
        return jdbc.sql("select " + COLUMNS + " from backfill order by asked_at desc limit 100")
                .query(this::backfill)
                .list();
    }

    private Backfill backfill(ResultSet row, int number) throws SQLException {
        return new Backfill(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                instant(row, 7),
                instant(row, 8),
                json(row.getString(9)),
                row.getInt(10),
                row.getObject(11, Integer.class),
                row.getLong(12),
                row.getLong(13),
                row.getString(14));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
