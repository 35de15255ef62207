package hub.partner;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Learns from what a partner answers, such as that its limit is reached. Thread-safe. */
public interface AnswerWatch {

    /** The partner refuses calls of this kind for a while. */
    void limited(String partner, String operation, Duration retryAfter, String why);

    /** The partner says what it allows. */
    void allowance(String partner, String operation, int perSecond, int burst, int remaining);

    /**
     * The partner refuses calls of this kind, and does not say for how long.
     *
     * @return how long to leave it alone
     */
    default Duration limited(String partner, String operation, String why) {
        Duration aMinute = Duration.ofMinutes(1);
        limited(partner, operation, aMinute, why);
        return aMinute;
    }

    /**
     * A call leaves now, on the thread that spent it.
     *
     * @return how long it must not, because the partner has asked for a pause since; zero: go
     */
    default Duration leaving(String partner, String operation) {
        return Duration.ZERO;
    }

    /** A call came back, with an answer or without, on the thread that it left on. */
    default void back(String partner, String operation) {}

    /**
     * A call is needed that nobody has spent, such as one for a token.
     *
     * @return how long it has to wait; zero: it is spent, go
     */
    default Duration unplanned(String partner, String operation) {
        return Duration.ZERO;
    }

    /**
     * What keeps a call from being made.
     *
     * @param credentials a digest of those that are used
     * @param request a digest of the request, for whoever needs it
     */
    default Optional<Stop> stopped(String partner, String operation, String credentials, Supplier<String> request) {
        return Optional.empty();
    }

    /** A refusal that must not be repeated for ever. */
    default void refused(Refusal refusal) {}

    /** A call went out, and came back or not. */
    default void made(CallMade call) {}

    /** The partner took a call. */
    default void accepted(String partner, String operation) {}
}
