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
     * The partner refuses a call because there were too many, and does not say for how long.
     *
     * @return how long to leave it alone
     */
    default Duration tooMany(String partner, String operation, String why) {
        return limited(partner, operation, why);
    }

    /**
     * The partner refuses a call because its bucket is empty, and says how fast that fills.
     *
     * @param refill how long it needs
     * @return how long to leave it alone
     */
    default Duration emptied(String partner, String operation, Duration refill, String why) {
        limited(partner, operation, refill, why);
        return refill;
    }

    /**
     * A call leaves now, on the thread that spent it.
     *
     * @return how long it must not, because the partner has asked for a pause since; zero: go
     */
    default Duration leaving(String partner, String operation) {
        return Duration.ZERO;
    }

    /** The call that this thread has spent is not made, unless it has left: something else kept it back. */
    default void notMade() {}

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
     * Whether the same work failed before; may take its time, so it is asked before {@link #leaving}.
     *
     * @param work its digest, for whoever needs it
     */
    default boolean failedBefore(String partner, String operation, Supplier<String> work) {
        return false;
    }

    /**
     * A call leaves now.
     *
     * @param repeat whether its work failed before
     * @return how long it must not, because it is a repeat and repeats are used up; zero: go
     */
    default Duration sending(String partner, String operation, boolean repeat) {
        return Duration.ZERO;
    }

    /**
     * A call is made again at once.
     *
     * @return how long it must not; zero: it is counted, go
     */
    default Duration repeating(String partner, String operation) {
        return Duration.ZERO;
    }

    /** In words, why a repeat has to wait. */
    default String whyNotAgain(String partner, String operation, Duration wait) {
        return partner + "/" + operation + " was not sent again";
    }

    /** A call that left has ended, and its work comes again or not. */
    default void ended(String partner, String operation, Supplier<String> work, boolean comesAgain) {}

    /**
     * What keeps a call from being made.
     *
     * @param credentials a digest of those that are used
     * @param request a digest of the request, or of what stays the same of a reading when it is made again, for whoever
     *     needs it
     */
    default Optional<Stop> stopped(String partner, String operation, String credentials, Supplier<String> request) {
        return Optional.empty();
    }

    /** A refusal that must not be repeated for ever. */
    default void refused(Refusal refusal) {}

    /** A call went out, and came back or not. */
    default void made(CallMade call) {}

    /**
     * The partner took a call.
     *
     * @param request its digest, as for {@link #stopped}, for whoever needs it
     */
    default void accepted(String partner, String operation, Supplier<String> request) {}
}
