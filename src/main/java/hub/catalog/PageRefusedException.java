package hub.catalog;

/** Final for this pull: a page that cannot be believed. Nothing of it was stored; the next pull reads it again. */
public final class PageRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PageRefusedException(String message) {
        super(message);
    }
}
