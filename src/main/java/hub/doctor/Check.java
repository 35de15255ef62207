package hub.doctor;

/** What is looked at, in this order. */
public enum Check {
    BUDGET,
    STOP,
    EXPIRY,
    DNS,
    PORT,
    TLS,
    CREDENTIALS,
    CLOCK,
    ANSWER
}
