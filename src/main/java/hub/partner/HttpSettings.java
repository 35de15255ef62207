package hub.partner;

import java.time.Duration;

/**
 * How one partner is called.
 *
 * @param partner whose options these are, for messages
 * @param connections the most that are open at once
 * @param perHost the most that are open to one host
 * @param keepAlive how long an idle one is kept, where the server does not say less
 * @param dnsTtl how long an address of a host is believed
 * @param connectTimeout until a connection stands
 * @param responseTimeout until the first byte, and between two
 * @param callDeadline for the whole call
 */
record HttpSettings(
        String partner,
        int connections,
        int perHost,
        Duration keepAlive,
        Duration dnsTtl,
        Duration connectTimeout,
        Duration responseTimeout,
        Duration callDeadline,
        AnswerBounds bounds) {

    HttpSettings {
        if (callDeadline.compareTo(responseTimeout) < 0) {
            throw new IllegalArgumentException("hub.partners." + partner + ": call-deadline=" + callDeadline
                    + " is shorter than response-timeout=" + responseTimeout);
        }
        if (connections < 1 || perHost < 1 || perHost > connections) {
            throw new IllegalArgumentException("hub.partners." + partner + ": connections=" + connections
                    + ", connections-per-host=" + perHost + "; 1 or more, and not more to one host than at all");
        }
        if (keepAlive.isNegative() || dnsTtl.isNegative() || connectTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("hub.partners." + partner + ": keep-alive=" + keepAlive + ", dns-ttl="
                    + dnsTtl + ", connect-timeout=" + connectTimeout
                    + "; a time is not less than 0, nor without a limit");
        }
    }

    /** The same manners for files that are fetched for it: few at once, and each with bounds of its own. */
    HttpSettings forFiles(int connections, AnswerBounds bounds) {
        return new HttpSettings(
                partner,
                connections,
                connections,
                keepAlive,
                dnsTtl,
                connectTimeout,
                responseTimeout,
                callDeadline,
                bounds);
    }
}
