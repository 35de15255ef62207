package hub.partner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * What partners refused again and again, counted over all processes in {@code call_refusal}: credentials three times, a
 * request that changes something three times, the readings of one operation nine times in a row, and seven times in a
 * row whatever else it sends.
 *
 * <p>What other processes counted first is known here at most a second later, and at once when a refusal of the kind is
 * known already. Thread-safe.
 */
@Component
public class Stops {

    private static final Logger LOG = LoggerFactory.getLogger(Stops.class);
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** Subject of credentials that are refused in words, in answers that are taken by their status. */
    static final String IN_WORDS = "words";

    private final JdbcClient database;
    private final Clock clock;
    private volatile Seen seen = new Seen(List.of(), Instant.MIN);

    private record Row(Refusal refusal, Instant since, Optional<Instant> until) {

        Stop stop() {
            return new Stop(
                    refusal.partner(), refusal.operation(), refusal.kind(), refusal.why(), since, until.orElse(since));
        }
    }

    private record Seen(List<Row> rows, Instant at) {}

    Stops(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * What keeps a call from being made.
     *
     * @param request its digest, asked for only where requests of that operation were refused
     * @param credentials a digest of those that are used now
     */
    public Optional<Stop> of(String partner, String operation, String credentials, Supplier<String> request) {
        Instant now = clock.instant();
        List<Row> known = rows();
        Supplier<String> asked = SingletonSupplier.of(request); // it may be compared with many
        boolean suspect = known.stream().anyMatch(row -> isAbout(row.refusal(), partner, operation, asked));
        return (suspect ? fresh() : known)
                .stream()
                        .filter(row -> row.refusal().partner().equals(partner)
                                && row.until().filter(now::isBefore).isPresent()
                                && concerns(row.refusal(), operation, credentials, asked))
                        .findFirst()
                        .map(Row::stop);
    }

    /** All that hold now. */
    public List<Stop> all() {
        Instant now = clock.instant();
        return read().stream()
                .filter(row -> row.until().filter(now::isBefore).isPresent())
                .map(Row::stop)
                .toList();
    }

    /** Counts a refusal. */
    public void refused(Refusal refusal) {
        Stop.Kind kind = refusal.kind();
        boolean stopped = database.sql("""
                        insert into call_refusal as old (partner, kind, subject, operation, credentials, why)
                        values (:partner, :kind, :subject, :operation, :credentials, :why)
                        on conflict (partner, kind, subject) do update set
                          refused = case when old.credentials = :credentials and old.last_at > now() - interval '1 day'
                                         then old.refused + 1 else 1 end,
                          operation = :operation, credentials = :credentials, why = :why, last_at = now(),
                          since = case when old.stopped_until > now() then old.since else now() end,
                          stopped_until = case when old.credentials = :credentials and old.refused + 1 >= :most
                                               then now() + :hours * interval '1 hour' end
                        returning stopped_until is not null""")
                .param("partner", refusal.partner())
                .param("kind", kind.text())
                .param("subject", refusal.subject())
                .param("operation", refusal.operation())
                .param("credentials", refusal.credentials())
                .param("why", refusal.why())
                .param("most", kind.most())
                .param("hours", kind.hours())
                .query(Boolean.class)
                .single();
        fresh();
        if (stopped) {
            LOG.error(
                    "{} is stopped ({}) after {} refusals, and tried again in {} h: {}",
                    refusal.partner(),
                    kind.text(),
                    kind.most(),
                    kind.hours(),
                    refusal.why());
        }
    }

    /**
     * Forgets stops of an operation, so that its next call goes out; all of that kind, whatever request they stopped.
     *
     * @param operation the one that {@link Stop#operation()} names
     * @return how many there were
     */
    public int lift(String partner, Stop.Kind kind, String operation) {
        return database.sql("""
                        delete from call_refusal where partner = :partner and kind = :kind and operation = :operation
                        and stopped_until > now()""")
                .param("partner", partner)
                .param("kind", kind.text())
                .param("operation", operation)
                .update();
    }

    /** The partner took a call: its credentials are good, and readings of that operation too. */
    public void accepted(String partner, String operation, Supplier<String> request) {
        Supplier<String> asked = SingletonSupplier.of(request);
        boolean suspect = rows().stream().anyMatch(row -> clears(row.refusal(), partner, operation, asked));
        if (suspect) {
            database.sql("""
                            delete from call_refusal where partner = :partner
                            and ((kind = 'credentials' and subject <> :inWords)
                              or (kind in ('reading', 'writing') and subject = :operation)
                              or (kind = 'reading' and subject = :request))""")
                    .param("partner", partner)
                    .param("operation", operation)
                    .param("request", asked.get())
                    .param("inWords", IN_WORDS)
                    .update();
            fresh();
        }
    }

    /** An answer of the partner said nothing against our credentials, in its words. */
    void believed(String partner) {
        if (rows().stream()
                .map(Row::refusal)
                .anyMatch(refusal -> refusal.partner().equals(partner) && isInWords(refusal))) {
            database.sql(
                            "delete from call_refusal where partner = :partner and kind = 'credentials' and subject = :inWords")
                    .param("partner", partner)
                    .param("inWords", IN_WORDS)
                    .update();
            fresh();
        }
    }

    private static boolean isAbout(Refusal refusal, String partner, String operation, Supplier<String> request) {
        return refusal.partner().equals(partner)
                && (refusal.kind() == Stop.Kind.CREDENTIALS
                        || (refusal.kind() != Stop.Kind.REQUEST && isOf(refusal, operation, request)));
    }

    /** By its status an answer says nothing of what others say in words. */
    private static boolean clears(Refusal refusal, String partner, String operation, Supplier<String> request) {
        return isAbout(refusal, partner, operation, request) && !isInWords(refusal);
    }

    private static boolean isInWords(Refusal refusal) {
        return refusal.kind() == Stop.Kind.CREDENTIALS && refusal.subject().equals(IN_WORDS);
    }

    /** Of all that the operation asks, or of this one. */
    private static boolean isOf(Refusal refusal, String operation, Supplier<String> request) {
        return refusal.subject().equals(operation)
                || (refusal.operation().equals(operation) && refusal.subject().equals(request.get()));
    }

    private static boolean concerns(Refusal refusal, String operation, String credentials, Supplier<String> request) {
        return switch (refusal.kind()) {
            case CREDENTIALS -> refusal.credentials().equals(credentials);
            case READING, WRITING -> isOf(refusal, operation, request);
            case REQUEST ->
                refusal.operation().equals(operation) && refusal.subject().equals(request.get());
        };
    }

    private List<Row> rows() {
        Seen last = seen;
        Instant now = clock.instant();
        if (last.at().isBefore(now.minus(FRESH))) {
            return fresh();
        }
        return last.rows();
    }

    private List<Row> fresh() {
        Seen now = new Seen(read(), clock.instant());
        seen = now;
        return now.rows();
    }

    private List<Row> read() {
        return database.sql("""
                        select partner, operation, kind, subject, credentials, why, since, stopped_until
                        from call_refusal where stopped_until > now()
                        or (kind <> 'request' and last_at > now() - interval '1 day') order by since""")
                .query((row, number) -> new Row(
                        new Refusal(
                                row.getString(1),
                                row.getString(2),
                                Stop.Kind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6)),
                        row.getTimestamp(7).toInstant(),
                        Optional.ofNullable(row.getTimestamp(8)).map(java.sql.Timestamp::toInstant)))
                .list();
    }
}
