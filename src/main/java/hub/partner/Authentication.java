package hub.partner;

/** Who we are to one partner. Thread-safe. */
interface Authentication {

    /**
     * Adds to a call what proves who we are; done anew for every attempt.
     *
     * @throws PartnerCallException if that needs a token and none could be had; the call was not sent
     */
    void sign(Outgoing call);

    /** Whether another proof is worth one more try after the partner refused this one (401). */
    default boolean renew() {
        return false;
    }
}
