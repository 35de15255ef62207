package hub.image;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about one picture of a product: where the market keeps it, that it is being made, or why not.
 *
 * @param place among the product's pictures, from 0
 * @param contentHash empty when its bytes are not known
 * @param hosted at the market, or its own address when the market fetches it there; null: not there
 * @param making the key of the made picture; null: nothing to make
 * @param problem null: none
 * @param later whether the problem may pass
 */
record Slot(
        int place,
        String url,
        String contentHash,
        @Nullable String hosted,
        @Nullable CompletableFuture<String> making,
        @Nullable ImageProblem problem,
        String reason,
        boolean later) {

    static Slot hosted(int place, String url, String contentHash, String hosted) {
        return new Slot(place, url, contentHash, hosted, null, null, "", false);
    }

    /** The market fetches it from its own address. */
    static Slot asItIs(int place, String url, String contentHash, String address) {
        return new Slot(place, url, contentHash, address, null, null, "", false);
    }

    static Slot making(int place, String url, String contentHash, CompletableFuture<String> key) {
        return new Slot(place, url, contentHash, null, key, null, "", false);
    }

    /** The same picture, at another place of the product. */
    Slot at(int otherPlace, String otherUrl) {
        return new Slot(otherPlace, otherUrl, contentHash, hosted, making, problem, reason, later);
    }

    static Slot refused(int place, String url, ImageProblem problem, String reason) {
        return new Slot(place, url, "", null, null, problem, reason, false);
    }

    static Slot later(int place, String url, String reason) {
        return new Slot(place, url, "", null, null, ImageProblem.UNREACHABLE, reason, true);
    }
}
