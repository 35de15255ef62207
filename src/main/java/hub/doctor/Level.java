package hub.doctor;

/** How much a finding matters; the later, the more. */
public enum Level {
    /** As it should be. */
    OK,
    /** Cannot be told, or does not apply. */
    NOTE,
    /** Will be bad unless somebody acts. */
    WARN,
    /** Keeps the partner's work from being done. */
    BAD
}
