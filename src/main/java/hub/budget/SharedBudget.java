package hub.budget;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The budgets in Redis, and whether Redis is there.
 *
 * <p>After a failure Redis is left alone and tried again each second by one thread; before it counts again, it is told
 * what this process booked meanwhile. Thread-safe.
 */
final class SharedBudget {

    private static final Logger LOG = LoggerFactory.getLogger(SharedBudget.class);
    private static final long PROBE_EVERY = 1_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final BudgetScript script;
    private final BudgetTables tables;
    private final LocalBudget local;
    private final List<Account> accounts;
    private final Clock clock;
    private final Set<String> restored = ConcurrentHashMap.newKeySet();
    private final AtomicLong probeAt = new AtomicLong(NEVER);
    private volatile long awaySince;

    SharedBudget(BudgetScript script, BudgetTables tables, LocalBudget local, List<Account> accounts, Clock clock) {
        this.script = script;
        this.tables = tables;
        this.local = local;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** The answer of {@code work}; empty while Redis is away. */
    <T> Optional<T> whileThere(Supplier<T> work) {
        try {
            return isThere() ? Optional.of(work.get()) : Optional.empty();
        } catch (RedisAwayException e) {
            lost(e);
            return Optional.empty();
        }
    }

    /** When Redis was lost, by the process's clock. */
    long awaySince() {
        return awaySince;
    }

    /** Books a call, or refuses it. */
    Grant spend(Account account, List<Limit> limits, boolean orders, long maxWait) {
        restore(account);
        Map<String, Object> ask = Map.of("limits", limits, "orders", orders, "maxWait", maxWait);
        List<Long> answer = ask(account, "spend", ask);
        if (answer.get(0) < 0) {
            boolean used = !tables.isFirstStart(account);
            ask(account, "begin", Map.of("used", used));
            restored.remove(account.key());
            restore(account);
            answer = ask(account, "spend", ask);
        }
        boolean booked = answer.get(0) == 1;
        int decisive = Math.max(0, answer.get(2).intValue() - 1);
        return new Grant(booked, answer.get(1), limits.get(decisive).scope(), booked ? answer.get(3) : 0);
    }

    void pause(Account account, Map<String, Instant> pauses) {
        long now = clock.millis();
        Map<String, Long> ahead = new HashMap<>();
        pauses.forEach((key, until) -> ahead.put("pause:" + key, until.toEpochMilli() - now));
        ask(account, "pause", ahead);
    }

    void learn(Account account, Limit learned, int remaining) {
        ask(account, "learn", Map.of("limit", learned, "remaining", remaining));
    }

    private List<Long> ask(Account account, String operation, Object ask) {
        List<Long> answer = script.ask(account, operation, ask);
        if (answer == null) {
            resume();
            answer = script.ask(account, operation, ask);
        }
        if (answer == null) {
            throw new RedisAwayException(new IllegalStateException("Redis does not keep the script"));
        }
        return answer;
    }

    /** Redis has restarted, or was out of reach. */
    private void resume() {
        long now = clock.millis();
        List<List<LocalBudget.Booking>> booked =
                accounts.stream().map(account -> local.take(account, now)).toList();
        try {
            script.load(accounts, "resume", Map.of("booked", booked));
        } catch (RedisAwayException e) {
            for (int i = 0; i < booked.size(); i++) {
                local.giveBack(accounts.get(i), booked.get(i), now);
            }
            throw e;
        }
        restored.clear();
    }

    private void restore(Account account) {
        if (!restored.contains(account.key())) {
            Map<String, Instant> pauses = tables.pauses(account, clock.instant());
            if (!pauses.isEmpty()) {
                pause(account, pauses);
            }
            restored.add(account.key());
        }
    }

    private boolean isThere() {
        long due = probeAt.get();
        if (due == NEVER) {
            return true;
        }
        long now = clock.millis();
        if (now < due || !probeAt.compareAndSet(due, now + PROBE_EVERY)) {
            return false;
        }
        resume();
        probeAt.set(NEVER);
        LOG.info("Redis is back: call budgets are shared again");
        return true;
    }

    private void lost(RedisAwayException e) {
        long now = clock.millis();
        if (probeAt.getAndSet(now + PROBE_EVERY) == NEVER) {
            awaySince = now;
            LOG.warn("Redis is away: call budgets fall to this process's share of each limit", e.getCause());
        }
    }
}
