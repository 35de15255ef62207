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
 * @param bounds of an answer that is held
 * @param downloads for a call whose answer is kept on disk
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
        AnswerBounds bounds,
        Downloads downloads) {

    /**
     * A call whose answer is too large to be held.
     *
     * @param bounds of the answer
     * @param deadline for the whole call
     */
    record Downloads(AnswerBounds bounds, Duration deadline) {}

    HttpSettings {
        refuseShort(partner, "call-deadline", callDeadline, responseTimeout);
        refuseShort(partner, "download-deadline", downloads.deadline(), responseTimeout);
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

    private static void refuseShort(String partner, String option, Duration deadline, Duration responseTimeout) {
        if (deadline.compareTo(responseTimeout) < 0) {
            throw new IllegalArgumentException("hub.partners." + partner + ": " + option + "=" + deadline
                    + " is shorter than response-timeout=" + responseTimeout);
        }
    }
}
