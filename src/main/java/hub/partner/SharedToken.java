package hub.partner;

import hub.signing.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;

/**
 * The token of one partner where all processes with the same credentials find it; sealed, see {@link TokenSeal}.
 *
 * <p>{@code hub:token:<partner>:<name>} is the token until its end, {@code …:buying} who buys one now, {@code …:failed}
 * what the last purchase was answered. All lie in Redis and in Postgres, and the newer token counts: Redis may be away
 * or emptied at any time. Who buys holds the turn in both, so that none passes between them while one comes or goes.
 *
 * <p>Where Postgres is away as well, each process buys for itself: nothing of the hub works without Postgres, so there
 * is nobody to buy for but calls that are under way. Thread-safe.
 */
final class SharedToken {

    /** In the place of a token that a partner refused: who buys the next one knows why. */
    private static final String REFUSED = "refused";

    private final TokenShelf redis;
    private final TokenShelf postgres;
    private final Clock clock;
    private final Duration lease;
    private final Supplier<TokenSeal> seal;
    private final Supplier<String> key;

    /** Whose turn it is to buy. */
    enum Turn {
        OURS,
        OTHERS,
        /** Neither Redis nor Postgres answers: nobody can be asked. */
        NOBODYS
    }

    /**
     * What lies there.
     *
     * @param refused whether the token before was refused by the partner
     * @param failure what the last purchase was answered, within half a minute; empty when all is well
     */
    record Seen(Optional<HeldToken> token, boolean refused, String failure) {

        /** Redis that was away, or lost what it held, may know of none or of an older one. */
        Seen with(Seen other) {
            Optional<HeldToken> newer = Stream.of(token, other.token)
                    .flatMap(Optional::stream)
                    .max(Comparator.comparing(HeldToken::boughtAt));
            return new Seen(newer, refused || other.refused, failure.isEmpty() ? other.failure : failure);
        }
    }

    /** @param settings the lease of who buys is a little longer than a call of this partner can take */
    SharedToken(TokenShelf redis, TokenShelf postgres, PartnerSettings settings, Clock clock) {
        this.redis = redis;
        this.postgres = postgres;
        this.clock = clock;
        this.lease = settings.http().callDeadline().plusSeconds(5);
        // Other fields, such as Naver's type, may buy another token with the same credentials.
        String purpose = settings.name() + " " + settings.baseUrl() + " " + new TreeMap<>(settings.authFields());
        this.seal = SingletonSupplier.of(() -> new TokenSeal(settings.everyCredential(), purpose));
        this.key = () -> "hub:token:" + settings.name() + ":" + seal.get().name();
    }

    /** What lies there; empty when nobody answers. */
    Optional<Seen> look() {
        Optional<Seen> cached = look(redis);
        Optional<Seen> kept = look(postgres);
        return cached.map(seen -> kept.map(seen::with).orElse(seen)).or(() -> kept);
    }

    private Optional<Seen> look(TokenShelf shelf) {
        return shelf.get(List.of(key.get(), key.get() + ":failed")).map(found -> seen(found.get(0), found.get(1)));
    }

    private Seen seen(@Nullable String token, @Nullable String failure) {
        boolean refused = REFUSED.equals(token);
        Optional<HeldToken> open = token == null || refused ? Optional.empty() : opened(token);
        return new Seen(open, refused, failure == null ? "" : failure);
    }

    /** Asks for the turn to buy. */
    Turn take(String by) {
        Optional<Boolean> cached = redis.add(key.get() + ":buying", by, lease);
        if (cached.equals(Optional.of(false))) {
            return Turn.OTHERS;
        }
        Optional<Boolean> ours = postgres.add(key.get() + ":buying", by, lease);
        if (ours.equals(Optional.of(false))) {
            redis.remove(key.get() + ":buying", by);
            return Turn.OTHERS;
        }
        return cached.or(() -> ours).isPresent() ? Turn.OURS : Turn.NOBODYS;
    }

    /** Ends the turn, if it has not passed to another already. */
    void release(String by) {
        redis.remove(key.get() + ":buying", by);
        postgres.remove(key.get() + ":buying", by);
    }

    /** Leaves a token to all until it ends, and gives it back as it lies there. */
    HeldToken put(HeldToken token) {
        String sealed = seal.get().close(text(token));
        Duration left = Duration.between(clock.instant(), token.endsAt());
        if (left.toMillis() < 1) {
            return token;
        }
        postgres.set(key.get(), sealed, left); // first: it stays when Redis goes in between
        redis.set(key.get(), sealed, left);
        return token.as(sealed);
    }

    /** Takes a token away from all, if it is still the one that lies there. */
    void refuse(HeldToken token, Duration remembered) {
        if (!token.sealed().isEmpty()) {
            redis.replace(key.get(), token.sealed(), REFUSED, remembered);
            postgres.replace(key.get(), token.sealed(), REFUSED, remembered);
        }
    }

    /** Tells all that a purchase was answered, with no token. */
    void failed(int status, Duration remembered) {
        redis.set(key.get() + ":failed", "status " + status, remembered);
        postgres.set(key.get() + ":failed", "status " + status, remembered);
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
}
