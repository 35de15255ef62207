package hub.image;

/**
 * Pictures for a market that fetches them itself: they go by their own addresses, and those that it would refuse by
 * format, size, shape or weight do not.
 */
record Screening(ImageRule rule) implements Use {

    @Override
    public boolean needsNoFile(int place, String url, String contentHash) {
        return true;
    }

    @Override
    public Slot of(int place, String url, Sighting picture) {
        rule.refuse(picture.header(), picture.bytes());
        return Slot.asItIs(place, url, picture.contentHash());
    }
}
