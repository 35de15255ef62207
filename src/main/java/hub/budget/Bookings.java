package hub.budget;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Books calls in Redis, or at this process's share while it is away. Thread-safe. */
final class Bookings {

    private static final ThreadLocal<Departure> DEPARTURE = new ThreadLocal<>();

    private static final ThreadLocal<Departure> FIRST = new ThreadLocal<>();

    /** No delayed call leaves so much later than it was booked for. */
    private static final long LATEST = 60_000;

    /** When a call that came too late is to be booked again while Redis is away. */
    private static final long BOOK_AGAIN = 1_000;

    private final SharedBudget shared;
    private final RedisPresence redis;
    private final LocalBudget local;
    private final KnownRates rates;
    private final BudgetTables tables;
    private final long maxWait;
    private final Clock clock;
    private final LongSupplier elapsed;
    private final long late;
    private final Set<String> warm = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, Lane>> lanes = new ConcurrentHashMap<>();
    private final Map<String, Long> lastBooked = new ConcurrentHashMap<>();

    Bookings(
            SharedBudget shared,
            RedisPresence redis,
            LocalBudget local,
            KnownRates rates,
            BudgetTables tables,
            BudgetOptions options,
            Clock clock,
            LongSupplier elapsed) {
        this.shared = shared;
        this.redis = redis;
        this.local = local;
        this.rates = rates;
        this.tables = tables;
        this.maxWait = options.maxWait().toMillis();
        this.late = options.margin().toMillis() / 4;
        this.clock = clock;
        this.elapsed = elapsed;
    }

    Grant book(Account account, String operation, boolean orders) {
        OperationLimits limits = account.limits(operation);
        String name = (orders ? "orders " : "catalogue ") + operation;
        Lane lane = lanes.computeIfAbsent(account.key(), key -> new ConcurrentHashMap<>())
                .computeIfAbsent(name, key -> new Lane(limits, maxWait, elapsed));
        Grant grant = lane.book(
                wanted -> ask(account, limits, orders, wanted, maxWait),
                (taken, calls) -> giveBack(account, limits, taken, calls));
        if (grant.booked()) {
            DEPARTURE.set(new Departure(account, limits, grant, clock.millis() + latest(grant, limits)));
        }
        return grant;
    }

    /** Several at once are booked for the end of the time they may be kept. */
    private static long latest(Grant grant, OperationLimits limits) {
        return grant.calls() > 1 ? limits.hold() : grant.delay();
    }

    /** After a pause or a new limit: calls taken ahead are not made, refusals are asked for again. */
    void forgetLanes(Account account) {
        lanes.getOrDefault(account.key(), Map.of()).forEach((name, lane) -> {
            OperationLimits limits = account.limits(name.substring(name.indexOf(' ') + 1));
            lane.reset((taken, calls) -> giveBack(account, limits, taken, calls));
        });
    }

    /** From the next call on, also without Redis. */
    void follow(Account account, Limit followed, int remaining) {
        Limit before = rates.state(account, followed);
        redis.whileThere(() -> {
            shared.learn(account, followed, remaining);
            return true;
        });
        if (!followed.equals(before)) {
            forgetLanes(account);
        }
    }

    /** Books a call only if it can be made at once; else says how long to wait. */
    Grant bookNow(Account account, String operation) {
        OperationLimits limits = account.limits(operation);
        return ask(account, limits, true, 1, 0);
    }

    /**
     * Says that a call leaves now.
     *
     * @return how long it must not, because its key was paused after it was booked, or because it comes so late that a
     *     window would hold one too many; milliseconds
     */
    long depart(Account account, String operation) {
        Departure mine = DEPARTURE.get();
        DEPARTURE.remove();
        FIRST.remove();
        long now = clock.millis();
        OperationLimits limits = account.limits(operation);
        // What was booked for now was not paused; whatever waited may have been.
        boolean waited = lastBooked.getOrDefault(account.key(), 0L) + LATEST > now;
        long paused = waited && !limits.all().isEmpty() ? paused(account, limits, mine) : 0;
        long asked = clock.millis(); // a Redis that hangs keeps the answer back: the call leaves after it
        if (paused > 0 && mine != null) {
            giveBack(mine);
        } else if (mine != null && mine.isLate(account, limits, asked, late)) {
            return late(mine, asked);
        } else if (mine != null && !warm.contains(account.key())) {
            FIRST.set(mine);
        }
        return Math.max(0, paused);
    }

    /** Says that whatever this thread has booked and not let depart is not made: others may have it. */
    void notMade() {
        Departure mine = DEPARTURE.get();
        DEPARTURE.remove();
        if (mine != null) {
            giveBack(mine);
        }
    }

    private void giveBack(Departure call) {
        giveBack(call.account(), call.limits(), call.grant(), 1);
    }

    /**
     * Says that a call was answered. The first ones of a process take long to get on their way, nobody knows how long:
     * they count from their answer on, which surely came after them.
     */
    void answered(Account account, String operation) {
        Departure first = FIRST.get();
        FIRST.remove();
        if (first != null && first.isLate(account, account.limits(operation), clock.millis(), late)) {
            Optional<Long> unused = late(first, true);
        }
        warm.add(account.key());
    }

    /**
     * Nobody can book for now what Redis does not know, because it is away or was while it was booked: calls that hung
     * together would all leave at once.
     */
    private long late(Departure call, long now) {
        return late(call, false).filter(wait -> wait >= 0).orElseGet(() -> call.isBeyondMargin(now) ? BOOK_AGAIN : 0);
    }

    private Optional<Long> late(Departure call, boolean made) {
        return redis.onceWhileThere(() -> shared.late(call.account(), call.limits(), call.grant(), made));
    }

    private long paused(Account account, OperationLimits limits, @Nullable Departure mine) {
        long since =
                mine == null ? Long.MAX_VALUE : mine.grant().at() - mine.grant().delay();
        return redis.whileThere(() -> shared.paused(account, limits, since))
                .orElseGet(() -> tables.pausedUntil(account, limits, clock.instant()) - clock.millis());
    }

    private Grant ask(Account account, OperationLimits limits, boolean orders, int wanted, long longest) {
        Grant grant = redis.whileThere(() -> shared.spend(account, limits, orders, longest, wanted))
                .orElse(null);
        if (grant == null) {
            return alone(account, limits, orders);
        }
        long now = clock.millis();
        if (grant.booked()) {
            long at = now + latest(grant, limits);
            local.note(
                    account,
                    rates.of(account, limits.all()),
                    at,
                    grant.calls(),
                    shared.isSettled(account, grant.epoch()));
            if (grant.delay() > 0) {
                lastBooked.merge(account.key(), at, Math::max);
            }
        }
        return grant;
    }

    /** A booking that the returned Redis may not have been told in time is not used: others book there already. */
    private Grant alone(Account account, OperationLimits limits, boolean orders) {
        long earliest = tables.pausedUntil(account, limits, clock.instant());
        List<Limit> rules = rates.of(account, limits.all());
        Grant grant = local.book(account, rules, orders, clock.millis(), earliest, redis.awaySince());
        return redis.isAway() ? grant : Grant.refused(1, limits.all().get(0).scope());
    }

    private void giveBack(Account account, OperationLimits limits, Grant taken, int calls) {
        redis.onceWhileThere(() -> {
            shared.giveBack(account, limits, taken, calls);
            return true;
        });
    }

    /** What a thread booked last, and when it was to leave. */
    private record Departure(Account account, OperationLimits limits, Grant grant, long at) {

        boolean isLate(Account account, OperationLimits limits, long now, long late) {
            return this.account.equals(account) && this.limits.equals(limits) && now - at > late;
        }

        boolean isBeyondMargin(long now) {
            return limits.all().stream().anyMatch(limit -> now - at > limit.span() - limit.window());
        }
    }
}
