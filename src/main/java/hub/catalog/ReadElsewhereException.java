package hub.catalog;

/** Another process of the hub may read this supplier now: what this one still has in hand is not stored. */
public final class ReadElsewhereException extends RuntimeException {

    ReadElsewhereException(String supplier) {
        super(supplier + ": this process does not lead its reading any more, so what it had in hand is left;"
                + " whichever process leads next goes on behind the last page that was stored");
    }

    /** @throws ReadElsewhereException if this process does not lead the reading any more */
    static void check(Leadership leadership, String supplier) {
        if (leadership.isLost(supplier)) {
            throw new ReadElsewhereException(supplier);
        }
    }
}
