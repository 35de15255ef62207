package hub.budget;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * The calls that partners still allow us, by partner and operation; shared by all processes through Redis.
 *
 * <p>No window of a rule ever holds more calls than the rule says, over processes, restarts and a lost Redis. A wait is
 * returned, never slept. Thread-safe.
 */
public final class CallBudgets {

    /** The lane that may use the reserve of a rule; all others are catalogue work. */
    public static final String ORDERS = "orders";

    private static final Duration FIRST_BACK_OFF = Duration.ofMinutes(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(30);

    private final Map<String, Account> accounts = new TreeMap<>();
    private final BudgetOptions options;
    private final Clock clock;
    private final BudgetTables tables;
    private final Sharers sharers;
    private final SharedBudget shared;
    private final RedisPresence redis;
    private final Bookings bookings;
    private final BudgetViews views;
    private final BudgetMeters meters;
    private final PauseNotices notices;
    private final HardStops hardStops;
    private final Uncounted uncounted;
    private final Map<String, Instant> emptied = new ConcurrentHashMap<>();

    /**
     * @param rules by partner
     * @param accountNames by partner, what tells two accounts at one partner apart; {@code main} where it is missing
     */
    public CallBudgets(
            StringRedisTemplate redis,
            DataSource database,
            Map<String, List<BudgetRule>> rules,
            Map<String, String> accountNames,
            BudgetOptions options,
            Clock clock,
            MeterRegistry registry) {
        this(
                redis,
                database,
                rules,
                accountNames,
                options,
                clock,
                () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
                registry);
    }

    /** @param elapsed milliseconds of a clock that is never set, for what is known for a moment only */
    CallBudgets(
            StringRedisTemplate redis,
            DataSource database,
            Map<String, List<BudgetRule>> rules,
            Map<String, String> accountNames,
            BudgetOptions options,
            Clock clock,
            LongSupplier elapsed,
            MeterRegistry registry) {
        rules.forEach((partner, list) -> {
            String name = accountNames.getOrDefault(partner, "main");
            accounts.put(partner, new Account(partner, name, list, options.margin()));
        });
        long maxWait = options.maxWait().toMillis();
        this.options = options;
        this.clock = clock;
        this.tables = new BudgetTables(database);
        this.sharers = new Sharers(database);
        LocalBudget local = new LocalBudget(sharers::alive, maxWait);
        KnownRates rates = new KnownRates();
        this.shared = new SharedBudget(new BudgetScript(redis), tables, local, rates, sharers, all(), clock);
        this.redis = new RedisPresence(shared::rejoin, clock);
        this.bookings = new Bookings(shared, this.redis, local, rates, tables, options, clock, elapsed);
        this.views = new BudgetViews(options.margin());
        this.hardStops = new HardStops(this::view, clock);
        this.meters = new BudgetMeters(registry, accounts.values(), this::view, clock);
        this.notices = new PauseNotices(clock);
        this.uncounted = new Uncounted(clock);
    }

    /**
     * Books the next free call.
     *
     * @param lane {@link #ORDERS}, or anything else for the catalogue
     * @return milliseconds to wait before the call, which is booked for then; 0 when nothing counts the operation
     * @throws BudgetSpentException if the wait would exceed {@link BudgetOptions#maxWait()}; nothing is spent then.
     *     Also while the partner has asked for a pause of what nothing counts
     * @throws IllegalArgumentException if no budget is set for the partner
     */
    public long spend(String partner, String operation, String lane) {
        Account account = account(partner);
        if (isUncounted(account, operation)) {
            uncounted.called(account, operation);
            Duration pause = uncounted.left(account, operation);
            if (!pause.isZero()) {
                throw new BudgetSpentException(partner, operation, pause);
            }
            return 0;
        }
        Grant grant = book(account, operation, lane.equals(ORDERS));
        if (!grant.booked()) {
            meters.refused(partner, grant.key());
            hardStops.refused(account, account.limits(operation), grant);
            throw new BudgetSpentException(partner, operation, Duration.ofMillis(Math.max(1, grant.delay())));
        }
        meters.waited(partner, grant.key(), grant.delay());
        return grant.delay();
    }

    private static boolean isUncounted(Account account, String operation) {
        return account.limits(operation).all().isEmpty();
    }

    /**
     * Keeps all processes from calling what shares a key with {@code operation}, after the partner refused a call.
     *
     * @param until at least a second and at most 30 minutes away, else the nearer end of that; who has to wait longer
     *     pauses again
     * @param why in words for the status page and the log
     */
    public void pause(String partner, String operation, Instant until, String why) {
        Account account = account(partner);
        Instant now = clock.instant();
        Instant end = clamp(until, now.plus(SHORTEST_PAUSE), now.plus(LONGEST_PAUSE));
        Map<String, Instant> pauses = new HashMap<>();
        account.limits(operation).all().forEach(limit -> pauses.put(limit.scope(), end));
        if (pauses.isEmpty()) {
            uncounted.pause(account, operation, end, why);
            return;
        }
        redis.whileThere(() -> {
            shared.pause(account, pauses);
            return true;
        });
        notices.paused(partner, operation, new TreeSet<>(pauses.keySet()), end, why);
        bookings.forgetLanes(account);
        pauses.forEach((key, at) -> tables.pause(account, key, at, why));
    }

    /**
     * Pauses like {@link #pause}, when the partner did not say for how long: a minute, and twice as long each time it
     * refuses again soon after, to half an hour. Refusals while it is paused already count once.
     *
     * @return the pause
     */
    public Duration backOff(String partner, String operation, String why) {
        Account account = account(partner);
        List<String> keys = account.limits(operation).all().stream()
                .map(Limit::scope)
                .distinct()
                .toList();
        Duration longest = FIRST_BACK_OFF;
        for (String key : keys) {
            Duration pause = tables.backOff(account, key, FIRST_BACK_OFF, LONGEST_PAUSE, why);
            longest = pause.compareTo(longest) > 0 ? pause : longest;
        }
        pause(partner, operation, clock.instant().plus(longest), why);
        return longest;
    }

    /**
     * Pauses like {@link #backOff}, when the partner refused a call because there were too many. Where it does not say
     * itself how many it takes, half of the rate is used afterwards; after twenty minutes it is tried whether it takes
     * more.
     *
     * @return the pause
     */
    public Duration tooMany(String partner, String operation, String why) {
        Duration pause = backOff(partner, operation, why);
        Account account = account(partner);
        if (isUncounted(account, operation)) {
            return pause; // there is no rate to lower
        }
        redis.whileThere(() -> {
            shared.refused(account, account.limits(operation), pause);
            return true;
        });
        return pause;
    }

    /**
     * Pauses until the partner's bucket has filled again, as its answer said; like {@link #backOff} where that was not
     * enough within the last minute.
     *
     * @return the pause
     */
    public Duration emptied(String partner, String operation, Duration refill, String why) {
        Instant now = clock.instant();
        Instant last = emptied.put(partner + "/" + operation, now);
        if (last != null && last.plus(FIRST_BACK_OFF).isAfter(now)) {
            return backOff(partner, operation, why);
        }
        pause(partner, operation, now.plus(refill), why);
        return refill;
    }

    /**
     * Says that a call leaves now; the thread is the one that spent it. One that leaves late is counted where it is.
     *
     * @return how long it must not, because the key was paused after the call was booked; zero: go
     */
    public Duration depart(String partner, String operation) {
        Account account = account(partner);
        return isUncounted(account, operation)
                ? uncounted.left(account, operation)
                : Duration.ofMillis(bookings.depart(account, operation));
    }

    /**
     * Says that the call which this thread has spent is not made, because something else kept it back: it is nobody's
     * any more. Nothing happens when it has departed, or while Redis is away.
     */
    public void notMade() {
        bookings.notMade();
    }

    /** Says that a call was answered, on the thread that let it depart. */
    public void answered(String partner, String operation) {
        bookings.answered(account(partner), operation);
    }

    /**
     * Spends a call that cannot wait, such as one for a token.
     *
     * @return how long it would have to, nothing is spent then; zero: go
     */
    public Duration spendNow(String partner, String operation) {
        Account account = account(partner);
        if (isUncounted(account, operation)) {
            return uncounted.left(account, operation);
        }
        Grant grant = bookings.bookNow(account, operation);
        return grant.booked() && grant.delay() == 0 ? Duration.ZERO : Duration.ofMillis(Math.max(1, grant.delay()));
    }

    /**
     * Follows what the partner's gateway said about an operation, from the next call on. Does nothing where no rule
     * counts by operation.
     *
     * @param perSecond calls that its bucket gains in a second
     * @param burst calls that its bucket holds
     * @param remaining calls that were in the bucket after the call; fewer than we know of means that others call too
     */
    public void learn(String partner, String operation, int perSecond, int burst, int remaining) {
        if (perSecond < 1 || burst < 1 || remaining < 0) {
            return;
        }
        Account account = account(partner);
        for (Limit limit : account.limits(operation).all()) {
            if (!limit.learned().isEmpty()) {
                bookings.follow(account, limit.follow(perSecond, burst, options.margin()), remaining);
            }
        }
    }

    /** How all budgets stand, those by operation as far as they were used; empty while Redis is away. */
    public List<BudgetView> view() {
        return redis.whileThere(() -> views.of(all(), shared.view())).orElse(List.of());
    }

    /** Says that this process lives, for the share that each takes while Redis is away. */
    void beat() {
        sharers.beat(redis.isAway());
    }

    /** Tells a Redis that was emptied, or was away, what this process booked lately. */
    void catchUp() {
        redis.tryAgain();
        redis.whileThere(() -> {
            shared.catchUp();
            return true;
        });
    }

    Grant book(Account account, String operation, boolean orders) {
        return bookings.book(account, operation, orders);
    }

    Account account(String partner) {
        Account account = accounts.get(partner);
        if (account == null) {
            throw new IllegalArgumentException(
                    "No budget is set for partner '" + partner + "'; there are " + accounts.keySet());
        }
        return account;
    }

    private List<Account> all() {
        return List.copyOf(accounts.values());
    }

    private static Instant clamp(Instant value, Instant low, Instant high) {
        return value.isBefore(low) ? low : value.isAfter(high) ? high : value;
    }
}
