package hub.image;

import hub.partner.FileRefusedException;
import hub.partner.OpenFile;
import hub.partner.OpenFiles;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The pictures of one product, one after the other: what the market or the folder has is not fetched, and what is
 * fetched is made while the next one comes. Used by one thread.
 */
final class Gathering {

    private static final String OFFER = "; give it another address at the supplier, or wait until its server gives it";

    private final PictureLedger ledger;
    private final PictureFolder folder;
    private final OpenFiles files;
    private final Conversions conversions;
    private final ImageBook book;
    private final ImageOptions options;
    private final ImageRule rule;
    private final Shelf shelf;
    private final boolean ownNetwork;
    private final long deadline;

    Gathering(Pictures.Parts parts, Shelf shelf, ImageRule rule, boolean ownNetwork) {
        this.ledger = parts.ledger();
        this.folder = parts.folder();
        this.files = parts.files();
        this.conversions = parts.conversions();
        this.book = parts.book();
        this.options = parts.options();
        this.rule = rule;
        this.shelf = shelf;
        this.ownNetwork = ownNetwork;
        this.deadline = System.nanoTime() + options.productWithin().toNanos();
    }

    Slot look(int place, String url) {
        Optional<Source> known = ledger.source(url, options.keep());
        Optional<Slot> here = known.flatMap(source -> here(place, url, source.contentHash()));
        if (here.isPresent() && known.get().fresh()) {
            return here.get();
        }
        if (System.nanoTime() - deadline > 0) {
            return Slot.later(
                    place,
                    url,
                    "its turn did not come within hub.image.product-within=" + options.productWithin()
                            + "; it comes at the next try");
        }
        try {
            OpenFile file =
                    files.fetch(url, ownNetwork, here.isPresent() ? known.get().conditions() : Map.of());
            if (!file.changed() && here.isPresent()) {
                ledger.unchanged(url);
                return here.get();
            }
            return fetched(place, url, file);
        } catch (FileRefusedException e) {
            return Slot.refused(place, url, ImageProblem.UNREACHABLE, e.getMessage() + OFFER);
        } catch (IOException e) {
            // What it held a while ago is better than no picture.
            return here.orElseGet(() -> Slot.later(place, url, e.getMessage() + OFFER));
        } catch (ImageRefusedException e) {
            return Slot.refused(place, url, e.problem(), String.valueOf(e.getMessage()));
        }
    }

    private Slot fetched(int place, String url, OpenFile file) {
        book.fetched(file.bytes().length);
        String contentHash = ContentHash.of(file.bytes());
        Optional<Slot> here = here(place, url, contentHash);
        CompletableFuture<String> making = here.isPresent() ? null : conversions.make(contentHash, file.bytes(), rule);
        // Remembered only when its header is a picture's: a page in its place is not believed for a day.
        ledger.lies(url, contentHash, file);
        return making == null ? here.get() : Slot.making(place, url, contentHash, making);
    }

    private Optional<Slot> here(int place, String url, String contentHash) {
        return ledger.hosted(shelf, contentHash)
                .map(hosted -> Slot.hosted(place, url, contentHash, hosted))
                .or(() -> folder.find(contentHash, rule)
                        .map(key -> Slot.making(place, url, contentHash, CompletableFuture.completedFuture(key))));
    }
}
