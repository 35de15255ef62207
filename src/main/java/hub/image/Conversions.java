package hub.image;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

/**
 * Makes each picture once for each rule, however many markets and products ask for it at the same time. Thread-safe.
 */
final class Conversions {

    private final PictureFolder folder;
    private final Workbench bench;
    private final ImageBook book;
    private final Map<String, CompletableFuture<String>> underWay = new ConcurrentHashMap<>();

    Conversions(PictureFolder folder, Workbench bench, ImageBook book) {
        this.folder = folder;
        this.bench = bench;
        this.book = book;
    }

    /**
     * The key of the made picture in the folder, now or soon; ends with {@link ImageRefusedException} when it cannot be
     * made.
     */
    CompletableFuture<String> make(String contentHash, byte[] file, PictureHeader header, ImageRule rule) {
        String what = contentHash + rule.fingerprint();
        CompletableFuture<String> mine = new CompletableFuture<>();
        CompletableFuture<String> before = underWay.putIfAbsent(what, mine);
        if (before != null) {
            return before;
        }
        try {
            bench.start(header.pixels(), mine, () -> {
                try {
                    return made(contentHash, file, header, rule);
                } finally {
                    underWay.remove(what, mine);
                }
            });
        } catch (RejectedExecutionException e) {
            underWay.remove(what, mine);
            mine.completeExceptionally(e);
        }
        return mine;
    }

    /** Somebody may have made it since it was asked for. */
    private String made(String contentHash, byte[] file, PictureHeader header, ImageRule rule) {
        return folder.find(contentHash, rule).orElseGet(() -> {
            Picture picture = PictureConversion.fit(file, header, rule);
            String key = folder.store(contentHash, rule, picture);
            book.made(picture, file.length);
            return key;
        });
    }
}
