package hub.catalog;

import hub.catalog.guard.FeedDoubt;
import hub.catalog.guard.FeedGuard;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page that is looked at before anything of it is used, and how it is refused.
 *
 * @param number from 1
 */
record Page(String supplier, int number) {

    /** @throws PageRefusedException if it is broken, whatever the catalogue is like */
    void refuseIf(boolean refused, String why) {
        if (refused) {
            throw refused(why);
        }
    }

    /** @throws PageRefusedException if it is doubted, which a person may decide about */
    void doubtIf(boolean doubted, FeedGuard guard, long measured, long expected, String why) {
        if (doubted) {
            doubt(Optional.of(new FeedDoubt(guard, measured, expected, why)));
        }
    }

    /** @throws PageRefusedException if there is a doubt, which a person may decide about */
    void doubt(Optional<FeedDoubt> found) {
        if (found.isPresent()) {
            FeedDoubt doubt = found.get();
            String where = "page " + number + ": " + doubt.reason();
            throw refused(doubt.reason(), new FeedDoubt(doubt.guard(), doubt.measured(), doubt.expected(), where));
        }
    }

    PageRefusedException refused(String why) {
        return refused(why, null);
    }

    private PageRefusedException refused(String why, @Nullable FeedDoubt doubt) {
        return new PageRefusedException(
                supplier + " page " + number + " is not believed: " + why
                        + "; nothing of it was stored, the next pull reads it again",
                doubt);
    }
}
