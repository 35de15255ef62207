package hub.image;

import hub.partner.FileRefusedException;
import hub.partner.OpenFile;
import hub.partner.OpenFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The pictures of one product, looked at one after the other: what was seen a short while ago is not fetched again, and
 * what did not change is not sent again. Used by one thread.
 */
final class Gathering {

    private static final String OFFER = "; give it another address at the supplier, or wait until its server gives it";

    private final PictureLedger ledger;
    private final OpenFiles files;
    private final SlowServers slow;
    private final ImageBook book;
    private final ImageOptions options;
    private final Use use;
    private final boolean ownNetwork;
    private final long deadline;

    Gathering(Pictures.Parts parts, Use use, boolean ownNetwork) {
        this.ledger = parts.ledger();
        this.files = parts.files();
        this.slow = parts.slow();
        this.book = parts.book();
        this.options = parts.options();
        this.use = use;
        this.ownNetwork = ownNetwork;
        this.deadline = System.nanoTime() + options.productWithin().toNanos();
    }

    Slot look(int place, String url) {
        try {
            Optional<Source> known = ledger.source(url, options.keep())
                    .filter(source -> use.needsNoFile(place, url, source.contentHash()));
            if (known.isPresent() && known.get().fresh()) {
                return use.of(place, url, known.get().sighting());
            }
            return System.nanoTime() - deadline > 0 ? nextTime(place, url) : fetched(place, url, known);
        } catch (ImageRefusedException e) {
            return Slot.refused(place, url, e.problem(), String.valueOf(e.getMessage()));
        }
    }

    private Slot nextTime(int place, String url) {
        return Slot.later(
                place,
                url,
                "its turn did not come within hub.image.product-within=" + options.productWithin()
                        + "; it comes at the next try");
    }

    private Slot fetched(int place, String url, Optional<Source> known) {
        try {
            OpenFile file = fetch(url, known.map(Source::conditions).orElse(Map.of()));
            if (!file.changed() && known.isPresent()) {
                ledger.unchanged(url);
                return use.of(place, url, known.get().sighting());
            }
            return use.of(place, url, seen(url, file));
        } catch (FileRefusedException e) {
            return Slot.refused(place, url, ImageProblem.UNREACHABLE, e.getMessage() + OFFER);
        } catch (IOException e) {
            // What it held a while ago is better than no picture.
            return known.map(source -> use.of(place, url, source.sighting()))
                    .orElseGet(() -> Slot.later(place, url, e.getMessage() + OFFER));
        }
    }

    private OpenFile fetch(String url, Map<String, String> conditions) throws IOException {
        slow.check(url);
        long began = System.nanoTime();
        try {
            OpenFile file = files.fetch(url, ownNetwork, conditions);
            slow.answered(url);
            return file;
        } catch (FileRefusedException e) {
            slow.answered(url);
            throw e;
        } catch (IOException e) {
            slow.failed(url, Duration.ofNanos(System.nanoTime() - began));
            throw e;
        }
    }

    /** Remembered only when its header is a picture's: a page in its place is not believed for a day. */
    private Sighting seen(String url, OpenFile file) {
        byte[] bytes = file.bytes();
        book.fetched(bytes.length);
        Sighting picture = new Sighting(DigestUtils.sha256Hex(bytes), PictureHeader.of(bytes), bytes.length, bytes);
        ledger.lies(url, picture, file);
        return picture;
    }
}
