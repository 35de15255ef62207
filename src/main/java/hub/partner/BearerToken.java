package hub.partner;

import hub.signing.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token in the Authorization header: fetched when there is none, renewed before it ends, one fetch at a time. */
final class BearerToken implements Authentication {

    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(30);

    private final TokenCall source;
    private final Clock clock;
    private @Nullable Token token;
    private Instant notBefore = Instant.EPOCH;
    private @Nullable PartnerCallException refusal;

    /** A call that buys a token. */
    interface TokenCall {
        /** Spends a call of the budget: how long it has to wait, nothing is spent then; zero: go. */
        default Duration spend() {
            return Duration.ZERO;
        }

        /**
         * Buys one.
         *
         * @throws PartnerCallException if it was refused or not answered
         */
        Token fetch();
    }

    /** A token and when it ends. */
    record Token(Secret value, Instant endsAt) {}

    BearerToken(TokenCall source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public synchronized void sign(Outgoing call) {
        call.header("Authorization", bearer(current()));
    }

    @Override
    public synchronized boolean renew(Outgoing refused) {
        if (token == null || !bearer(token).equals(refused.headers().get("Authorization"))) {
            return true; // another call renewed it already
        }
        if (clock.instant().isBefore(notBefore)) {
            return false; // a token that is new and refused: another one would be refused too
        }
        token = null;
        notBefore = clock.instant().plus(BETWEEN_REFUSALS);
        refusal = null;
        return true;
    }

    private static String bearer(Token token) {
        return "Bearer " + token.value().reveal();
    }

    private Token current() {
        Token now = token;
        if (now != null && clock.instant().plus(AHEAD).isBefore(now.endsAt())) {
            return now;
        }
        if (refusal != null && clock.instant().isBefore(notBefore)) {
            throw refusal; // wrong credentials are not tried at every call: partners block for that
        }
        Duration wait = source.spend();
        if (!wait.isZero()) {
            if (now != null && clock.instant().isBefore(now.endsAt())) {
                return now;
            }
            throw new PartnerCallException("retry", 0, "no token was asked for: the budget is spent", wait, null);
        }
        try {
            refusal = null;
            token = source.fetch();
            return token;
        } catch (PartnerCallException e) {
            if (now != null && clock.instant().isBefore(now.endsAt())) {
                return now;
            }
            refusal = e;
            notBefore = clock.instant().plus(BETWEEN_REFUSALS);
            throw e;
        }
    }
}
