package hub.order;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a line of a market order stands. A purchase order uses those that begin with {@code PO_}, and
 * {@link #CANCELLED}.
 *
 * <p>What is not listed in {@link #next()} never happens: it is refused, and nothing is changed.
 */
public enum OrderState {
    /** Stored; the market does not know yet that we have it. */
    RECEIVED,
    /** The market knows, or may know; the order is read once more before it is bought. */
    VALIDATED,
    /** May be bought; the purchase order and its job are committed. */
    PO_READY,
    /** The purchase order may have left, at any moment from the commit on. */
    PO_SENDING,
    /** The supplier has it. */
    PO_CONFIRMED,
    /** The supplier refused it for good. */
    PO_REJECTED,
    /** The supplier may have it; nothing is sent until it was looked up. */
    PO_UNKNOWN,
    /** The supplier gave a tracking number. */
    SHIPPED,
    /** The tracking number may have reached the market. */
    TRACKING_SENDING,
    /** The market has the tracking number. */
    TRACKED,
    DONE,
    /** The buyer wants to cancel, and nothing was sent yet. */
    CANCEL_REQUESTED,
    CANCELLED,
    /** A person has to decide; has an owner, a reason and a deadline. */
    REVIEW;

    /** What may follow. */
    Set<OrderState> next() {
        return switch (this) {
            case RECEIVED -> EnumSet.of(VALIDATED, CANCEL_REQUESTED, CANCELLED, REVIEW);
            case VALIDATED -> EnumSet.of(PO_READY, PO_UNKNOWN, CANCEL_REQUESTED, CANCELLED, REVIEW);
            // Confirmed without a new send: the late answer to an earlier one. Unknown: Postgres was set back.
            case PO_READY ->
                EnumSet.of(PO_SENDING, PO_CONFIRMED, PO_UNKNOWN, VALIDATED, CANCEL_REQUESTED, CANCELLED, REVIEW);
            case PO_SENDING -> EnumSet.of(PO_CONFIRMED, PO_REJECTED, PO_UNKNOWN, PO_READY, REVIEW);
            case PO_UNKNOWN -> EnumSet.of(PO_CONFIRMED, PO_READY, REVIEW);
            // Rejected after all: the supplier cancelled it.
            case PO_CONFIRMED -> EnumSet.of(SHIPPED, PO_REJECTED, REVIEW);
            case PO_REJECTED -> EnumSet.of(REVIEW);
            case SHIPPED -> EnumSet.of(TRACKING_SENDING, REVIEW);
            case TRACKING_SENDING -> EnumSet.of(TRACKED, SHIPPED, REVIEW);
            case TRACKED -> EnumSet.of(DONE, REVIEW);
            case DONE -> EnumSet.of(REVIEW);
            case CANCEL_REQUESTED -> EnumSet.of(CANCELLED, RECEIVED, VALIDATED, REVIEW);
            case CANCELLED -> EnumSet.of(REVIEW);
            case REVIEW ->
                EnumSet.of(
                        RECEIVED, VALIDATED, PO_READY, PO_SENDING, PO_UNKNOWN, PO_CONFIRMED, SHIPPED, DONE, CANCELLED);
        };
    }

    /** The next state, or a refusal: {@link IllegalOrderStateException}. */
    OrderState to(OrderState to, String what) {
        if (!next().contains(to)) {
            throw new IllegalOrderStateException(what, this, to);
        }
        return to;
    }

    /** Whether nothing can have reached the supplier that was not answered or looked up. */
    boolean isUnsent() {
        return this == RECEIVED || this == VALIDATED || this == PO_READY;
    }

    /** Whether something still has to happen. */
    boolean isOpen() {
        return this != DONE && this != CANCELLED;
    }
}
