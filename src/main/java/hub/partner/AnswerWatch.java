package hub.partner;

import java.time.Duration;

/** Learns from what a partner answers, such as that its limit is reached. Thread-safe. */
public interface AnswerWatch {

    /** The partner refuses calls of this kind for a while. */
    void limited(String partner, String operation, Duration retryAfter, String why);

    /** The partner says what it allows. */
    void allowance(String partner, String operation, int perSecond, int burst, int remaining);
}
