package hub.catalog.guard;

/** Final: a decision about something that is held that cannot be taken as it was asked for; nothing is changed. */
public final class HoldRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Why {
        /** It is neither yes nor no. */
        DECISION,
        /** Nothing of that name is held. */
        UNKNOWN,
        /** Something else came since it was shown. */
        CHANGED,
        /** It was decided so already. */
        DECIDED,
        /** Nobody can say yes to it. */
        NEVER
    }

    private final Why why;

    private HoldRefusedException(Why why, String message) {
        super(message);
        this.why = why;
    }

    static HoldRefusedException decision(String decision) {
        return new HoldRefusedException(Why.DECISION, "decision '" + decision + "' is not known; it is yes or no");
    }

    static HoldRefusedException unknown(String what) {
        return new HoldRefusedException(Why.UNKNOWN, what + " is not held (any more); nothing was changed");
    }

    static HoldRefusedException changed(String what, String hash) {
        return new HoldRefusedException(
                Why.CHANGED,
                what + " came with something else since it was shown; look again, its hash is now " + hash);
    }

    static HoldRefusedException decided(String what) {
        return new HoldRefusedException(Why.DECIDED, what + " was decided so already; nothing was changed");
    }

    static HoldRefusedException never(String what) {
        return new HoldRefusedException(
                Why.NEVER, what + " cannot be taken as it is; it ends when the supplier has mended its feed");
    }

    public Why why() {
        return why;
    }
}
