package hub.partner;

/** Who we are to one partner. Thread-safe. */
interface Authentication {

    /**
     * Adds to a call what proves who we are; done anew for every attempt.
     *
     * @throws PartnerCallException if that needs a token and none could be had; the call was not sent
     */
    void sign(Outgoing call);

    /**
     * Whether another proof is worth one more try after the partner refused that of a call (401).
     *
     * @param refused carries the proof that was refused; another thread may have renewed it meanwhile
     */
    default boolean renew(Outgoing refused) {
        return false;
    }
}
