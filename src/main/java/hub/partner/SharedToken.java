package hub.partner;

import hub.signing.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.util.function.SingletonSupplier;

/**
 * The token of one partner in Redis, where all processes with the same credentials find it; sealed, see
 * {@link TokenSeal}.
 *
 * <p>{@code hub:token:<partner>:<name>} is the token until its end, {@code …:buying} who buys one now, {@code …:failed}
 * what the last purchase was answered. Redis may be away at any time: reading says so, writing leaves it. Thread-safe.
 */
final class SharedToken {

    /** In the place of a token that a partner refused: who buys the next one knows why. */
    private static final String REFUSED = "refused";

    private static final RedisScript<Long> RELEASE = RedisScript.of(
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0", Long.class);
    private static final RedisScript<Long> REFUSE = RedisScript.of(
            "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('set', KEYS[1], ARGV[2], 'PX', ARGV[3]) return 1"
                    + " end return 0",
            Long.class);

    private final StringRedisTemplate redis;
    private final Clock clock;
    private final Duration lease;
    private final Supplier<TokenSeal> seal;
    private final Supplier<String> key;

    /** Whose turn it is to buy. */
    enum Turn {
        OURS,
        OTHERS,
        /** Redis does not answer: nobody can be asked. */
        NOBODYS
    }

    /**
     * What lies there.
     *
     * @param refused whether the token before was refused by the partner
     * @param failure what the last purchase was answered, within half a minute; empty when all is well
     */
    record Seen(Optional<HeldToken> token, boolean refused, String failure) {}

    /** @param settings the lease of who buys is a little longer than a call of this partner can take */
    SharedToken(StringRedisTemplate redis, PartnerSettings settings, Clock clock) {
        this.redis = redis;
        this.clock = clock;
        this.lease = settings.http().callDeadline().plusSeconds(5);
        // Other fields, such as Naver's type, may buy another token with the same credentials.
        String purpose = settings.name() + " " + settings.baseUrl() + " " + new TreeMap<>(settings.authFields());
        this.seal = SingletonSupplier.of(() -> new TokenSeal(settings.everyCredential(), purpose));
        this.key = () -> "hub:token:" + settings.name() + ":" + seal.get().name();
    }

    /** What lies there; empty when Redis does not answer. */
    Optional<Seen> look() {
        return asked(() -> redis.opsForValue().multiGet(List.of(key.get(), key.get() + ":failed")))
                .map(found -> seen(found.get(0), found.get(1)));
    }

    private Seen seen(@Nullable String token, @Nullable String failure) {
        boolean refused = REFUSED.equals(token);
        Optional<HeldToken> open = token == null || refused ? Optional.empty() : opened(token);
        return new Seen(open, refused, failure == null ? "" : failure);
    }

    /** Asks for the turn to buy. */
    Turn take(String by) {
        return asked(() -> redis.opsForValue().setIfAbsent(key.get() + ":buying", by, lease))
                .map(ours -> ours ? Turn.OURS : Turn.OTHERS)
                .orElse(Turn.NOBODYS);
    }

    /** Ends the turn, if it has not passed to another already. */
    void release(String by) {
        asked(() -> redis.execute(RELEASE, List.of(key.get() + ":buying"), by));
    }

    /** Leaves a token to all until it ends, and gives it back as it lies there. */
    HeldToken put(HeldToken token) {
        String sealed = seal.get().close(text(token));
        Duration left = Duration.between(clock.instant(), token.endsAt());
        if (left.toMillis() < 1) {
            return token;
        }
        asked(() -> {
            redis.opsForValue().set(key.get(), sealed, left);
            return true;
        });
        return token.as(sealed);
    }

    /** Takes a token away from all, if it is still the one that lies there. */
    void refuse(HeldToken token, Duration remembered) {
        if (!token.sealed().isEmpty()) {
            asked(() -> redis.execute(
                    REFUSE, List.of(key.get()), token.sealed(), REFUSED, Long.toString(remembered.toMillis())));
        }
    }

    /** Tells all that a purchase was answered, with no token. */
    void failed(int status, Duration remembered) {
        asked(() -> {
            redis.opsForValue().set(key.get() + ":failed", "status " + status, remembered);
            return true;
        });
    }

    private static String text(HeldToken token) {
        return token.boughtAt().toEpochMilli() + " " + token.endsAt().toEpochMilli() + " " + token.replacement() + " "
                + token.value().reveal();
    }

    private Optional<HeldToken> opened(String sealed) {
        return seal.get().open(sealed).map(text -> {
            String[] parts = text.split(" ", 4);
            return new HeldToken(
                    Secret.of(parts[3]),
                    Instant.ofEpochMilli(Long.parseLong(parts[0])),
                    Instant.ofEpochMilli(Long.parseLong(parts[1])),
                    Boolean.parseBoolean(parts[2]),
                    sealed);
        });
    }

    private static <T> Optional<T> asked(Supplier<@Nullable T> question) {
        try {
            return Optional.ofNullable(question.get());
        } catch (DataAccessException | IllegalStateException e) { // the latter from connections that are being closed
            return Optional.empty();
        }
    }
}
