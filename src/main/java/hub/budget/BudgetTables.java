package hub.budget;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What has to survive Redis: pauses, and which accounts have called before. */
final class BudgetTables {

    /** A refusal so soon after a pause says that the pause was too short; later ones have another cause. */
    private static final Duration SOON = Duration.ofMinutes(5);

    private final JdbcClient database;

    BudgetTables(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /** True the first time ever that this account is asked for. */
    boolean isFirstStart(Account account) {
        return database.sql("insert into budget_epoch (partner, account) values (?, ?) on conflict do nothing")
                        .params(account.partner(), account.name())
                        .update()
                == 1;
    }

    /** A pause that ends later already stays as it is. */
    void pause(Account account, String key, Instant until, String why) {
        database.sql("""
                        insert into budget_pause (partner, key, until, why) values (?, ?, ?, ?)
                        on conflict (partner, key) do update set until = excluded.until, why = excluded.why
                        where budget_pause.until < excluded.until""")
                .params(account.partner(), key, Timestamp.from(until), why)
                .update();
    }

    /**
     * Doubles the last pause of a key if that ended no longer ago than it lasted, or {@link #SOON}, and keeps one that
     * lasts still.
     *
     * @return how long it lasts from now on
     */
    Duration backOff(Account account, String key, Duration first, Duration longest, String why) {
        long millis = database.sql("""
                        insert into budget_pause (partner, key, until, why, length)
                        values (:partner, :key, now() + :first, :why, :first)
                        on conflict (partner, key) do update set
                          why = excluded.why,
                          length = case when budget_pause.until > now() then budget_pause.length
                                        when budget_pause.until > now() - greatest(:soon, budget_pause.length)
                                          then least(:longest, greatest(:first, budget_pause.length * 2))
                                        else :first end,
                          until = case when budget_pause.until > now() then budget_pause.until
                                       when budget_pause.until > now() - greatest(:soon, budget_pause.length)
                                         then now() + least(:longest, greatest(:first, budget_pause.length * 2))
                                       else now() + :first end
                        returning (extract(epoch from until - now()) * 1000)::bigint""".replace(":first", "interval '" + first.toSeconds() + " seconds'")
                        .replace(":soon", "interval '" + SOON.toSeconds() + " seconds'")
                        .replace(":longest", "interval '" + longest.toSeconds() + " seconds'"))
                .param("partner", account.partner())
                .param("key", key)
                .param("why", why)
                .query(Long.class)
                .single();
        return Duration.ofMillis(millis);
    }

    /** The pauses of an account that end after {@code now}, by key. */
    Map<String, Instant> pauses(Account account, Instant now) {
        Map<String, Instant> pauses = new HashMap<>();
        database.sql("select key, until from budget_pause where partner = ? and until > ?")
                .params(List.of(account.partner(), Timestamp.from(now)))
                .query(row -> {
                    pauses.put(row.getString("key"), row.getTimestamp("until").toInstant());
                });
        return pauses;
    }

    /** When the last pause of what counts an operation ends, or {@code now}; in milliseconds since 1970. */
    long pausedUntil(Account account, OperationLimits limits, Instant now) {
        Map<String, Instant> pauses = pauses(account, now);
        return limits.all().stream()
                .map(limit -> pauses.getOrDefault(limit.scope(), now))
                .max(Instant::compareTo)
                .orElse(now)
                .toEpochMilli();
    }
}
