package hub.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The work that waits for partners, most urgent first.
 *
 * <p>Every verb is one statement and joins the caller's transaction, so that a job is committed together with the
 * change that asks for it. Time is the clock of Postgres. Thread-safe, over all processes on one database.
 *
 * <p>An answer with the wrong fence returns false and changes nothing: the lease had run out and somebody else may have
 * the job.
 */
@Component
public class Jobs {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient database;
    private final QueueOptions options;
    private final Takers takers;
    private final Turns turns = new Turns();

    public Jobs(JdbcClient database, QueueOptions options) {
        this.database = database;
        this.options = options;
        this.takers = new Takers(options.patience(), System::nanoTime);
    }

    /**
     * Adds jobs. One that is ready already (same kind, partner and dedupe key) is not made twice: it takes the earlier
     * time, the higher priority and the newer payload. One that is running runs again afterwards.
     */
    public void enqueue(Collection<NewJob> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        ArrayNode rows = JSON.createArrayNode();
        jobs.forEach(job -> rows.add(row(rows.size(), job)));
        database.sql(Statements.ENQUEUE).param("jobs", rows.toString()).update();
    }

    /**
     * Takes up to {@code atMost} due jobs for {@link QueueOptions#lease()}: of each supplier in turn, HIGH before the
     * others but for one in {@link Turns#ONE_IN}. No two callers get the same.
     *
     * @return the most urgent first
     */
    public List<Job> claim(String partner, String kind, int atMost) {
        takers.asked(partner, kind);
        if (!isDue(partner, kind)) {
            return List.of();
        }
        Turns.Turn turn = turns.of(partner, kind);
        Instant until = Instant.now().plus(options.lease());
        return database.sql(Statements.CLAIM)
                .param("partner", partner)
                .param("kind", kind)
                .param("atMost", atMost)
                .param("reserved", turn.reserved(atMost))
                .param("highTurn", turn.high())
                .param("laterTurn", turn.later())
                .param("lease", options.lease().toMillis())
                .query((row, n) -> {
                    turn.stoppedAt(row.getString("high_turn"), row.getString("later_turn"));
                    return job(row, until);
                })
                .list();
    }

    /** A queue is empty most of the time that it is asked: one look at its index instead of one for each supplier. */
    private boolean isDue(String partner, String kind) {
        return database.sql(Statements.DUE)
                .param("partner", partner)
                .param("kind", kind)
                .query(Boolean.class)
                .single();
    }

    /** Whose jobs the routes of this process take. */
    public Takers takers() {
        return takers;
    }

    /** Removes the jobs of a kind that wait for a partner and that nobody will ever take. */
    public void withdraw(String partner, String kind) {
        database.sql(Statements.WITHDRAW)
                .param("partner", partner)
                .param("kind", kind)
                .update();
    }

    /** Removes a finished job, or makes it ready when it was asked for again while it ran. */
    public boolean done(long id, long fence) {
        return finish(id, fence, null);
    }

    /** Puts a job back until {@code runAt}. Never a dead letter by itself: a partner may be away for a day. */
    public boolean retry(long id, long fence, Instant runAt, String reason) {
        return database.sql(Statements.RETRY)
                        .param("id", id)
                        .param("fence", fence)
                        .param("runAt", OffsetDateTime.ofInstant(runAt, ZoneOffset.UTC))
                        .param("reason", reason)
                        .update()
                == 1;
    }

    /** Gives a job up; it waits in {@code dead_letter} for somebody who knows better. */
    public boolean dead(long id, long fence, String cause) {
        return finish(id, fence, cause);
    }

    /** Those of the claims that still hold; until the transaction ends nobody else gets their jobs. */
    public Set<Lease> held(Collection<Lease> claims) {
        return Set.copyOf(database.sql(Statements.HELD)
                .param("jobs", rows(claims).toString())
                .query((row, n) -> new Lease(row.getLong("id"), row.getLong("fence")))
                .list());
    }

    /** {@link #done} for many; claims that no longer hold change nothing. */
    public void done(Collection<Lease> claims) {
        if (!claims.isEmpty()) {
            database.sql(Statements.DONE).param("jobs", rows(claims).toString()).update();
        }
    }

    /** {@link #retry} for many; claims that no longer hold change nothing. */
    public void retry(Collection<PutBack> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        ArrayNode rows = JSON.createArrayNode();
        jobs.forEach(job ->
                rows.add(row(job.lease()).put("run_at", job.runAt().toString()).put("reason", job.reason())));
        database.sql(Statements.RETRY_MANY).param("jobs", rows.toString()).update();
    }

    /** Makes jobs ready whose lease ran out; one that was lost more than {@link QueueOptions#maxLost()} times dies. */
    public void recover() {
        database.sql(Statements.RECOVER).param("maxLost", options.maxLost()).update();
        database.sql(Statements.EXHAUSTED)
                .param("maxLost", options.maxLost())
                .query((row, n) -> new long[] {row.getLong("id"), row.getLong("fence")})
                .list()
                .forEach(lost -> dead(lost[0], lost[1], "lease ran out " + (options.maxLost() + 1) + " times"));
    }

    /** What waits at each priority; all priorities are there. */
    public Map<Priority, Backlog> counts() {
        Map<Priority, Backlog> counts = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
            counts.put(priority, Backlog.NONE);
        }
        database.sql(Statements.COUNTS).query(row -> {
            counts.put(
                    Priority.ofRank(row.getInt("prio")),
                    new Backlog(row.getLong("ready"), row.getLong("running"), row.getLong("oldest")));
        });
        return counts;
    }

    /** How many jobs were given up and not replayed. */
    public Map<String, Map<String, Long>> deadByPartnerAndKind() {
        Map<String, Map<String, Long>> counts = new TreeMap<>();
        database.sql("select partner, kind, count(*) from dead_letter where replayed_at is null group by partner, kind")
                .query(row -> {
                    counts.computeIfAbsent(row.getString(1), partner -> new TreeMap<>())
                            .put(row.getString(2), row.getLong(3));
                });
        return counts;
    }

    /** How long the oldest due job of the highest priority has waited, in seconds; 0 when none is due. */
    public long oldestUrgentSeconds() {
        return database.sql(Statements.OLDEST_URGENT).query(Long.class).single();
    }

    /** What {@link #replay} could bring back, the oldest first. */
    public List<DeadLetter> deadLetters(int atMost) {
        return database.sql("select * from dead_letter where replayed_at is null order by died_at, id limit :atMost")
                .param("atMost", atMost)
                .query((row, n) -> deadLetter(row))
                .list();
    }

    /**
     * Makes a job of a dead letter again, with a fresh count of attempts.
     *
     * @return false when there is none of that id, or it was replayed before
     */
    public boolean replay(long id) {
        return database.sql(Statements.REPLAY).param("id", id).query(Long.class).single() == 1;
    }

    private boolean finish(long id, long fence, @Nullable String cause) {
        return database.sql(Statements.FINISH)
                        .param("id", id)
                        .param("fence", fence)
                        .param("cause", cause)
                        .query(Long.class)
                        .single()
                == 1;
    }

    private static ArrayNode rows(Collection<Lease> claims) {
        ArrayNode rows = JSON.createArrayNode();
        claims.forEach(claim -> rows.add(row(claim)));
        return rows;
    }

    private static ObjectNode row(Lease claim) {
        return JSON.createObjectNode().put("id", claim.id()).put("fence", claim.fence());
    }

    private static ObjectNode row(int nth, NewJob job) {
        Instant runAt = job.runAt();
        ObjectNode row = JSON.createObjectNode()
                .put("nth", nth)
                .put("kind", job.kind())
                .put("partner", job.partner())
                .put("dedupe_key", job.dedupeKey())
                .put("prio", job.priority().rank())
                .put("run_at", runAt == null ? null : runAt.toString());
        return row.set("payload", job.payload());
    }

    private static Job job(ResultSet row, Instant until) throws SQLException {
        return new Job(
                row.getLong("id"),
                row.getLong("fence"),
                until,
                row.getInt("attempts"),
                row.getString("kind"),
                row.getString("partner"),
                row.getString("dedupe_key"),
                Priority.ofRank(row.getInt("prio")),
                payload(row));
    }

    private static DeadLetter deadLetter(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("partner"),
                row.getString("dedupe_key"),
                Priority.ofRank(row.getInt("prio")),
                payload(row),
                row.getInt("attempts"),
                row.getString("cause"),
                row.getObject("died_at", OffsetDateTime.class).toInstant());
    }

    private static JsonNode payload(ResultSet row) throws SQLException {
        try {
            return JSON.readTree(row.getString("payload"));
        } catch (JsonProcessingException e) {
            throw new SQLException("payload of job " + row.getLong("id"), e);
        }
    }
}
