package hub.partner;

import hub.signing.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A token in the Authorization header, one for all processes: bought when there is none, renewed before it ends, and
 * never by two at once.
 *
 * <p>Who buys holds a lease in Redis and Postgres, longer than the call can take; a process that is killed meanwhile is
 * followed when that ends. The others take what it leaves there, see {@link SharedToken}. Only while Redis and Postgres
 * are both away each process buys its own, one at a time. Thread-safe.
 */
final class BearerToken implements Authentication {

    private static final Duration BETWEEN_REFUSALS = Duration.ofSeconds(30);

    /** So often it doubles: to four minutes, which orders may wait behind an outage. */
    private static final int DOUBLED = 3;

    /** Longer than a token takes to buy, and shorter than anybody should stand and wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final TokenCall source;
    private final SharedToken shared;
    private final Clock clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile @Nullable HeldToken held;
    private String refused = "";
    private boolean replaces;
    private @Nullable PartnerCallException failure;
    private Instant notBefore = Instant.EPOCH;
    private int refusals;

    /** A call that buys a token. */
    interface TokenCall {
        /** Spends a call of the budget: how long it has to wait, nothing is spent then; zero: go. */
        default Duration spend() {
            return Duration.ZERO;
        }

        /**
         * Buys one.
         *
         * @param deadline of the call that needs it
         * @throws PartnerCallException if it was refused or not answered
         */
        Token fetch(Deadline deadline);
    }

    /** A token and when it ends. */
    record Token(Secret value, Instant endsAt) {}

    BearerToken(TokenCall source, SharedToken shared, Clock clock) {
        this.source = source;
        this.shared = shared;
        this.clock = clock;
    }

    @Override
    public void sign(Outgoing call) {
        HeldToken token = current(call.deadline());
        call.header("Authorization", token.bearer());
        call.provedBy(token);
    }

    @Override
    public boolean renew(Outgoing call) {
        renewing.lock();
        try {
            HeldToken now = held;
            if (now == null || !now.equals(call.proof())) {
                return true; // another call renewed it already
            }
            if (now.isLastTry(clock.instant())) {
                return false;
            }
            held = null;
            refused = now.sealed();
            replaces = true;
            failure = null;
            shared.refuse(now, BETWEEN_REFUSALS);
            return true;
        } finally {
            renewing.unlock();
        }
    }

    private HeldToken current(Deadline deadline) {
        HeldToken now = held;
        Instant at = clock.instant();
        if (now != null && now.isFresh(at)) {
            return now;
        }
        if (now == null || !now.isUsable(at)) {
            waitToRenew(deadline);
        } else if (!renewing.tryLock()) {
            return now; // it is being renewed, and good until then
        }
        try {
            return renewed(deadline);
        } finally {
            renewing.unlock();
        }
    }

    private void waitToRenew(Deadline deadline) {
        try {
            if (!renewing.tryLock(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
                throw notAsked("another call is buying one", Outgoing.RETRY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notAsked("the hub stops", Outgoing.RETRY);
        }
    }

    private HeldToken renewed(Deadline deadline) {
        HeldToken now = held;
        if (now != null && now.isFresh(clock.instant())) {
            return now;
        }
        try {
            HeldToken next = found(deadline);
            held = next;
            replaces = false;
            return next;
        } catch (PartnerCallException e) {
            HeldToken old = held;
            if (old != null && old.isUsable(clock.instant())) {
                return old;
            }
            throw e;
        }
    }

    /** The token that another process left, or one that is bought now. */
    private HeldToken found(Deadline deadline) {
        if (failure != null && clock.instant().isBefore(notBefore)) {
            throw failure; // wrong credentials are not tried at every call: partners block for that
        }
        String turn = UUID.randomUUID().toString();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<HeldToken> theirs = left();
            if (theirs.isPresent()) {
                return theirs.get();
            }
            SharedToken.Turn whose = shared.take(turn);
            if (whose != SharedToken.Turn.OTHERS) {
                return bought(turn, whose, deadline);
            }
            await(until);
        }
    }

    private HeldToken bought(String turn, SharedToken.Turn whose, Deadline deadline) {
        try { // another process may have left one between the look and the turn
            Optional<HeldToken> theirs = whose == SharedToken.Turn.OURS ? left() : Optional.empty();
            return theirs.orElseGet(() -> bought(deadline));
        } finally {
            shared.release(turn);
        }
    }

    /** A token that another process left, fresh; an older one is held, for as long as none can be had. */
    private Optional<HeldToken> left() {
        Instant now = clock.instant();
        Optional<SharedToken.Seen> seen = shared.look();
        replaces |= seen.filter(SharedToken.Seen::refused).isPresent();
        Optional<HeldToken> token = seen.flatMap(SharedToken.Seen::token)
                .filter(one -> one.isUsable(now) && !one.sealed().equals(refused));
        if (held == null) {
            held = token.orElse(null);
        }
        Optional<HeldToken> fresh = token.filter(one -> one.isFresh(now));
        String answered = seen.map(SharedToken.Seen::failure).orElse("");
        if (fresh.isEmpty() && !answered.isEmpty()) {
            throw notAsked("another process was refused one lately (" + answered + ")", Outgoing.RETRY);
        }
        return fresh;
    }

    private HeldToken bought(Deadline deadline) {
        if (!deadline.isEnough()) { // cut off, it would be lost, and counted against the credentials
            throw notAsked(deadline.spent(), Outgoing.RETRY);
        }
        Duration wait = source.spend();
        if (!wait.isZero()) {
            throw notAsked("the budget is spent", wait);
        }
        try {
            failure = null;
            Token token = source.fetch(deadline);
            refusals = 0;
            return shared.put(new HeldToken(token.value(), clock.instant(), token.endsAt(), replaces, ""));
        } catch (PartnerCallException e) {
            failure = e;
            Duration rest = rest(e);
            notBefore = clock.instant().plus(rest);
            if (e.status() > 0) { // who could not even ask says nothing about the others
                shared.failed(e.status(), rest);
            }
            throw e;
        }
    }

    /** Longer each time that we are answered with no token, and as long as the partner asks for. */
    private Duration rest(PartnerCallException e) {
        boolean answered = e.status() > 0;
        Duration own = BETWEEN_REFUSALS.multipliedBy(answered ? 1L << Math.min(refusals++, DOUBLED) : 1L);
        return answered && e.retryAfter().compareTo(own) > 0 ? e.retryAfter() : own;
    }

    /** Nobody can be told when another process is done: it is looked at again, and not for long. */
    private void await(long until) {
        HeldToken old = held;
        boolean needed = old == null || !old.isUsable(clock.instant());
        if (!needed || System.nanoTime() > until || Thread.currentThread().isInterrupted()) {
            throw notAsked("another process is buying one", Outgoing.RETRY);
        }
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }

    private static PartnerCallException notAsked(String why, Duration wait) {
        return PartnerCallException.heldBack("no token was asked for: " + why, wait);
    }
}
