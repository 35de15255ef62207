package hub.image;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Pictures for a market that wants them at home: what it or the folder has is not made again, the others are made while
 * the next one comes.
 */
final class Rehosting implements Use {

    private final PictureLedger ledger;
    private final PictureFolder folder;
    private final Conversions conversions;
    private final ImageRule rule;
    private final Shelf shelf;
    private final Map<String, Slot> sameProduct = new HashMap<>();

    Rehosting(PictureLedger ledger, PictureFolder folder, Conversions conversions, ImageRule rule, Shelf shelf) {
        this.ledger = ledger;
        this.folder = folder;
        this.conversions = conversions;
        this.rule = rule;
        this.shelf = shelf;
    }

    @Override
    public boolean needsNoFile(int place, String url, String contentHash) {
        Optional<Slot> here = here(place, url, contentHash);
        here.ifPresent(slot -> sameProduct.put(contentHash, slot));
        return here.isPresent();
    }

    @Override
    public Slot of(int place, String url, Sighting picture) {
        Slot slot = here(place, url, picture.contentHash()).orElseGet(() -> made(place, url, picture));
        sameProduct.put(picture.contentHash(), slot);
        return slot;
    }

    private Slot made(int place, String url, Sighting picture) {
        byte[] file = Objects.requireNonNull(picture.file(), "no bytes of " + url);
        return Slot.making(
                place,
                url,
                picture.contentHash(),
                conversions.make(picture.contentHash(), file, picture.header(), rule()));
    }

    private Optional<Slot> here(int place, String url, String contentHash) {
        Slot before = sameProduct.get(contentHash);
        if (before != null) {
            return Optional.of(before.at(place, url));
        }
        return good().map(made -> at(place, url, contentHash, made))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The first picture that can be used is the main one. */
    private ImageRule rule() {
        return sameProduct.isEmpty() ? rule : rule.afterMain();
    }

    /** What was made as a main picture does for one after it. */
    private Stream<ImageRule> good() {
        return Stream.of(rule(), rule).distinct();
    }

    private Optional<Slot> at(int place, String url, String contentHash, ImageRule made) {
        return ledger.hosted(shelf, contentHash, made.fingerprint())
                .map(hosted -> Slot.hosted(place, url, contentHash, hosted))
                .or(() -> folder.find(contentHash, made)
                        .map(key -> Slot.making(place, url, contentHash, CompletableFuture.completedFuture(key))));
    }
}
