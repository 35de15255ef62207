package hub.sandbox.coupang;

/** What a buyer is going to do after buying. */
enum Mood {
    CONTENT,
    /** Cancels while the seller has not acknowledged yet. */
    CANCELS,
    /** Changes the address just before the seller acknowledges. */
    MOVES,
    /** Asks to stop the shipment after the seller acknowledged. */
    STOPS,
    /** As {@link #STOPS}, and takes it back if nobody reacts. */
    WAVERS,
    /** Sends the goods back after delivery. */
    RETURNS
}
