package hub.catalog.guard;

/**
 * Why a feed is not believed.
 *
 * @param measured what the guard counted
 * @param expected what it would have believed: at least as many, or at most where it counts what is wrong
 * @param reason for a person, without the supplier's name
 */
public record FeedDoubt(FeedGuard guard, long measured, long expected, String reason) {

    byte[] hash(String more) {
        return Offered.digest(guard.label() + '\0' + measured + '\0' + more);
    }
}
