package hub.order;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Every change of state, in a chain: a row holds the hash of the row before it, so that none can be changed, removed or
 * put in between later without {@link #verify()} seeing it. Rows cut off at the end are seen by whoever kept
 * {@link #head()}.
 *
 * <p>Thread-safe, over all processes on one database.
 */
@Component
public class Journal {

    private static final byte[] NOTHING = new byte[32];
    private static final int PAGE = 10_000;

    private final JdbcClient database;

    public Journal(JdbcClient database) {
        this.database = database;
    }

    /**
     * Adds rows in the caller's transaction. It has to be the last statement of it: writers wait for each other from
     * here to the commit, and one that then waited for something else could wait for ever.
     */
    public void append(List<JournalEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        database.sql("select pg_advisory_xact_lock(hashtext('journal'))").query(row -> {});
        Row last = last();
        long at = database.sql("select (extract(epoch from clock_timestamp()) * 1000000)::bigint")
                .query(Long.class)
                .single();
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (JournalEntry entry : entries) {
            Row row = Row.after(last, at, entry);
            row.writeTo(rows);
            last = row;
        }
        database.sql("""
                        insert into journal (seq, at, kind, key, from_state, to_state, reason, actor, prev_hash, hash)
                        select seq, timestamptz 'epoch' + at * interval '1 microsecond', kind, key, from_state, to_state,
                               reason, actor, decode(prev_hash, 'hex'), decode(hash, 'hex')
                        from jsonb_to_recordset(:rows::jsonb) as x(seq bigint, at bigint, kind text, key text,
                          from_state text, to_state text, reason text, actor text, prev_hash text, hash text)
                        """).param("rows", rows.toString()).update();
    }

    /** The hash of the newest row, in hex: whoever notes it down can prove later that nothing was cut off. */
    public String head() {
        return HexFormat.of().formatHex(last().hash());
    }

    /**
     * The number of the first row that is not as it was written, or whose predecessor is gone; empty when all is well.
     */
    public OptionalLong verify() {
        Row before = Row.FIRST;
        List<Row> page = page(0);
        while (!page.isEmpty()) {
            for (Row row : page) {
                if (!row.follows(before)) {
                    return OptionalLong.of(row.seq());
                }
                before = row;
            }
            page = page(before.seq());
        }
        return OptionalLong.empty();
    }

    private List<Row> page(long after) {
        return database.sql(Row.SELECT + " where seq > :after order by seq limit " + PAGE)
                .param("after", after)
                .query((row, n) -> Row.of(row))
                .list();
    }

    private Row last() {
        return database.sql(Row.SELECT + " order by seq desc limit 1")
                .query((row, n) -> Row.of(row))
                .optional()
                .orElse(Row.FIRST);
    }

    /** A row. Unit of {@code at}: microseconds since 1970, which is what Postgres keeps. */
    private record Row(long seq, long at, JournalEntry entry, byte[] prevHash, byte[] hash) {

        static final String SELECT = """
                select seq, (extract(epoch from at) * 1000000)::bigint as at, kind, key, from_state, to_state, reason, actor,
                       prev_hash, hash
                from journal
                """;
        static final Row FIRST = new Row(0, 0, new JournalEntry("", "", "", "", "", ""), NOTHING, NOTHING);

        static Row after(Row last, long at, JournalEntry entry) {
            return new Row(last.seq + 1, at, entry, last.hash, hash(last.seq + 1, at, entry, last.hash));
        }

        static Row of(ResultSet row) throws SQLException {
            JournalEntry entry = new JournalEntry(
                    row.getString("kind"),
                    row.getString("key"),
                    row.getString("from_state"),
                    row.getString("to_state"),
                    row.getString("reason"),
                    row.getString("actor"));
            return new Row(
                    row.getLong("seq"), row.getLong("at"), entry, row.getBytes("prev_hash"), row.getBytes("hash"));
        }

        boolean follows(Row before) {
            return seq == before.seq + 1
                    && Arrays.equals(prevHash, before.hash)
                    && Arrays.equals(hash, hash(seq, at, entry, prevHash));
        }

        void writeTo(ArrayNode rows) {
            rows.addObject()
                    .put("seq", seq)
                    .put("at", at)
                    .put("kind", entry.kind())
                    .put("key", entry.key())
                    .put("from_state", entry.from())
                    .put("to_state", entry.to())
                    .put("reason", entry.reason())
                    .put("actor", entry.actor())
                    .put("prev_hash", HexFormat.of().formatHex(prevHash))
                    .put("hash", HexFormat.of().formatHex(hash));
        }

        private static byte[] hash(long seq, long at, JournalEntry entry, byte[] prevHash) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
            bytes.writeBytes(prevHash);
            bytes.writeBytes(ByteBuffer.allocate(16).putLong(seq).putLong(at).array());
            for (String field :
                    List.of(entry.kind(), entry.key(), entry.from(), entry.to(), entry.reason(), entry.actor())) {
                byte[] text = field.getBytes(StandardCharsets.UTF_8);
                // The length goes first: else text could move from one field to the next unseen.
                bytes.writeBytes(ByteBuffer.allocate(4).putInt(text.length).array());
                bytes.writeBytes(text);
            }
            return DigestUtils.sha256(bytes.toByteArray());
        }
    }
}
