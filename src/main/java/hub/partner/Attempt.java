package hub.partner;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * One piece of work on its way to a partner, for the first time or again with a new token.
 *
 * @param work digest of what stays the same when it is tried again
 * @param order whether it may have the connections that the catalogue leaves to orders
 */
record Attempt(News news, String partner, String operation, Supplier<String> work, boolean order, boolean isFirst) {

    Attempt(News news, String partner, String operation, Supplier<String> work, boolean order) {
        this(news, partner, operation, work, order, true);
    }

    Attempt again() {
        return new Attempt(news, partner, operation, work, order, false);
    }

    /**
     * Whether the same work failed before; that it is made again now was counted elsewhere where it is not the first.
     */
    boolean isRepeat() {
        return isFirst && news.ask(watch -> watch.failedBefore(partner, operation, work), false);
    }

    /** @throws PartnerCallException if it is a repeat and there is none left */
    void leaves(boolean repeat) {
        Duration wait =
                isFirst ? news.ask(watch -> watch.sending(partner, operation, repeat), Duration.ZERO) : Duration.ZERO;
        if (!wait.isZero()) {
            String why = news.ask(
                    watch -> watch.whyNotAgain(partner, operation, wait),
                    partner + "/" + operation + " was not sent again");
            throw PartnerCallException.heldBack(why, wait);
        }
    }

    /** Work whose call fails comes again. */
    <T> T ending(Supplier<T> step) {
        try {
            return step.get();
        } catch (PartnerCallException e) {
            ended(true);
            throw e;
        }
    }

    void ended(boolean comesAgain) {
        news.tell(watch -> watch.ended(partner, operation, work, comesAgain));
    }
}
