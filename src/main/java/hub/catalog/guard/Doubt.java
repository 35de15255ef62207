package hub.catalog.guard;

/**
 * What is wrong with the news of an item; nothing where it is held and offered as before again.
 *
 * @param other it is another product
 * @param rose an option became much dearer
 * @param fell an option became much cheaper
 */
record Doubt(boolean other, boolean rose, boolean fell) {

    static final Doubt NONE = new Doubt(false, false, false);
    static final String PRICE_JUMP = "price-jump";
    static final String IDENTITY = "identity";

    boolean isReal() {
        return other || rose || fell;
    }

    String guard() {
        return other ? IDENTITY : PRICE_JUMP;
    }

    /** Whether selling it at what is known could lose money or send the wrong goods. */
    boolean isCostly() {
        return other || rose;
    }
}
