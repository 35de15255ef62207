package hub.catalog;

import hub.catalog.guard.FeedDoubt;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Final for this pull: a page that cannot be believed. Nothing of it was stored; the next pull reads it again. */
public final class PageRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable FeedDoubt doubt;

    PageRefusedException(String message, @Nullable FeedDoubt doubt) {
        super(message);
        this.doubt = doubt;
    }

    /** What a guard found; empty when the page is no page of a catalogue at all, such as an error. */
    Optional<FeedDoubt> doubt() {
        return Optional.ofNullable(doubt);
    }
}
