package hub.budget;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The budgets in Redis.
 *
 * <p>Whoever finds them gone, or Redis restarted, begins a new epoch; every process then tells once what it booked
 * lately, before it books again, so that a lost window is put together again within a second while all processes live.
 * Every method throws {@link RedisAwayException} when Redis does not answer. Thread-safe.
 */
final class SharedBudget {

    /** Waits for somebody who never tells: before the very first call anybody may have called. */
    private static final String ANYBODY = "anybody";

    private static final long TELLS_WITHIN = 1_000;
    private static final int ATTEMPTS = 5;

    /** Longer than any epoch: milliseconds, and exact as one of Lua's numbers. */
    private static final long NO_REASON_TO_TELL = 1L << 52;

    private static final int UNKNOWN = -1;
    private static final int NOT_TOLD = -2;
    private static final int OTHERS_NOT_TOLD = -3;

    private final BudgetScript script;
    private final BudgetTables tables;
    private final LocalBudget local;
    private final KnownRates rates;
    private final Sharers sharers;
    private final List<Account> accounts;
    private final Clock clock;
    private final Set<String> restored = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> toldIn = new ConcurrentHashMap<>();

    SharedBudget(
            BudgetScript script,
            BudgetTables tables,
            LocalBudget local,
            KnownRates rates,
            Sharers sharers,
            List<Account> accounts,
            Clock clock) {
        this.script = script;
        this.tables = tables;
        this.local = local;
        this.rates = rates;
        this.sharers = sharers;
        this.accounts = accounts;
        this.clock = clock;
    }

    /**
     * Books calls, or refuses them.
     *
     * @param wanted so many if they are all free now, else one
     */
    Grant spend(Account account, OperationLimits limits, boolean orders, long maxWait, int wanted) {
        sharers.joinOnce();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            restore(account);
            if (local.isUnsettled(account)) {
                tell(account);
            }
            List<Object> ask = new ArrayList<>(
                    List.of(told(account), orders ? 1 : 0, maxWait, wanted, limits.hold(), sharers.part()));
            ask.addAll(limits.arguments());
            List<Object> answer = ask(account, "spend", ask);
            int kind = (int) number(answer, 0);
            if (kind == UNKNOWN) {
                begin(account);
            } else if (kind == NOT_TOLD) {
                tell(account);
            } else if (kind == OTHERS_NOT_TOLD) {
                return Grant.refused(number(answer, 1), limits.all().get(0).scope());
            } else {
                remember(account, limits, answer);
                return grant(limits, answer);
            }
        }
        throw new RedisAwayException(new IllegalStateException(
                "Redis loses the budget of " + account.key() + " as soon as it is written; does something empty it?"));
    }

    /** Calls that were booked at once and were not made. */
    void giveBack(Account account, OperationLimits limits, Grant booked, int calls) {
        List<Object> ask = new ArrayList<>(List.of(booked.epoch(), booked.at(), calls));
        ask.addAll(limits.arguments());
        ask(account, "giveBack", ask);
    }

    /**
     * A call that leaves later than it was booked for.
     *
     * @param made whether it has left already
     * @return how long it has to wait, since a window would hold one too many; it is booked no more then; zero: go;
     *     below zero: it was booked before this epoch, nothing is known or done
     */
    long late(Account account, OperationLimits limits, Grant booked, boolean made) {
        List<Object> ask = new ArrayList<>(List.of(booked.epoch(), booked.at(), made ? 1 : 0));
        ask.addAll(limits.arguments());
        return number(ask(account, "late", ask), 0);
    }

    /** Whether bookings of this epoch are known to the present Redis. */
    boolean isSettled(Account account, long epoch) {
        return told(account) == epoch;
    }

    void pause(Account account, Map<String, Instant> pauses) {
        long now = clock.millis();
        Map<String, Long> ahead = new HashMap<>();
        pauses.forEach((key, until) -> ahead.put("pause:" + key, until.toEpochMilli() - now));
        ask(account, "pause", List.of(ahead));
    }

    /** The partner refused a call and did not say how many it takes: fewer from now on, more again in small steps. */
    void refused(Account account, OperationLimits limits, Duration pause) {
        List<Object> ask = new ArrayList<>(List.of(pause.toMillis()));
        ask.addAll(limits.arguments());
        remember(account, limits, ask(account, "refused", ask));
    }

    /** The rates of slowed limits stand at the end of an answer, in thousandths of a call a window. */
    private void remember(Account account, OperationLimits limits, List<Object> answer) {
        int first = answer.size() - limits.all().size();
        for (int i = 0; i < limits.all().size(); i++) {
            rates.slow(account, limits.all().get(i), number(answer, first + i) / 1000.0);
        }
    }

    /**
     * How long the keys that count an operation are paused; milliseconds. One where the partner has lowered its rate.
     *
     * @param since when the call was booked, by the clock of Redis
     */
    long paused(Account account, OperationLimits limits, long since) {
        restore(account);
        List<String> pauses = limits.all().stream().map(Limit::pause).toList();
        List<String> lowered = limits.all().stream()
                .filter(limit -> !limit.learned().isEmpty())
                .map(limit -> "lowered:" + limit.learned())
                .toList();
        return number(ask(account, "paused", List.of(Map.of("pauses", pauses, "lowered", lowered, "since", since))), 0);
    }

    void learn(Account account, Limit learned, int remaining) {
        ask(account, "learn", List.of(Map.of("limit", learned, "remaining", remaining)));
    }

    List<Object> view() {
        return ask(accounts, "view", List.of());
    }

    /**
     * Makes all processes tell a Redis that did not answer for a while what they booked meanwhile, this one too, each
     * before it books there again and all before anybody does: or whoever is first takes what the others used up.
     *
     * @param away milliseconds since this process lost it
     */
    void rejoin(long away) {
        List<Account> used = used();
        boolean hasTold = !used.isEmpty(); // else it booked nothing there that others would have to wait for
        Map<String, Object> ask =
                Map.of("ids", sharers.recent(), "settle", TELLS_WITHIN, "away", hasTold ? away : NO_REASON_TO_TELL);
        ask(hasTold ? used : accounts, "rejoin", List.of(ask));
    }

    /** Tells a Redis that is new what this process booked, unless it was told already. */
    void catchUp() {
        List<Account> used = used();
        if (used.isEmpty()) {
            ask(accounts, "epochs", List.of());
            return;
        }
        List<Object> epochs = ask(used, "epochs", List.of());
        for (int i = 0; i < used.size(); i++) {
            Account account = used.get(i);
            if (number(epochs, i) == 0) {
                begin(account);
            }
            if (number(epochs, i) != told(account) || local.isUnsettled(account)) {
                tell(account);
                restore(account);
            }
        }
    }

    private List<Account> used() {
        return accounts.stream().filter(account -> told(account) != 0).toList();
    }

    private void begin(Account account) {
        List<String> ids = new ArrayList<>(sharers.recent());
        boolean first = tables.isFirstStart(account);
        if (first) {
            ids.add(ANYBODY);
        }
        ask(account, "begin", List.of(Map.of("used", !first, "ids", ids, "settle", first ? 0 : TELLS_WITHIN)));
        restored.remove(account.key());
    }

    /** One at a time: what is told twice would count twice. */
    private synchronized void tell(Account account) {
        long now = clock.millis();
        List<OwnBookings.Told> lines = local.tell(account, now);
        try {
            Map<String, Object> ask = Map.of("id", sharers.id(), "epoch", Long.toString(told(account)), "lines", lines);
            long epoch = number(ask(account, "tell", List.of(ask)), 0);
            if (epoch == 0) {
                local.takeBack(account, lines, now);
            }
            toldIn.put(account.key(), epoch);
        } catch (RedisAwayException e) {
            local.takeBack(account, lines, now);
            throw e;
        }
    }

    private Grant grant(OperationLimits limits, List<Object> answer) {
        int decisive = Math.max(0, (int) number(answer, 2) - 1);
        String key = limits.all().get(decisive).scope();
        return new Grant(number(answer, 1), key, number(answer, 3), (int) number(answer, 4), number(answer, 5));
    }

    private List<Object> ask(Account account, String operation, List<?> arguments) {
        return ask(List.of(account), operation, arguments);
    }

    private List<Object> ask(List<Account> of, String operation, List<?> arguments) {
        List<Object> answer = script.ask(of, operation, arguments);
        if (answer == null) {
            script.load(accounts, "resume", Map.of("ids", sharers.recent(), "settle", TELLS_WITHIN));
            restored.clear();
            answer = script.ask(of, operation, arguments);
        }
        if (answer == null) {
            throw new RedisAwayException(new IllegalStateException("Redis does not keep the script"));
        }
        return answer;
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

    private long told(Account account) {
        return toldIn.getOrDefault(account.key(), 0L);
    }

    private static long number(List<Object> answer, int i) {
        @Nullable Object value = answer.get(i);
        return value instanceof Long number ? number : 0;
    }
}
