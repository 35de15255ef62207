package hub.image;

/** What a market has of a picture that was seen: a copy that fits it, or the picture as it is. Used by one thread. */
interface Use {

    /** Whether a picture that was seen before can be used without its bytes. */
    boolean needsNoFile(int place, String url, String contentHash);

    /**
     * What comes of it.
     *
     * @throws ImageRefusedException if it cannot be used
     */
    Slot of(int place, String url, Sighting picture);
}
