package hub.order;

import java.util.List;

/** Final: a decision that cannot be taken as it was asked for. */
public final class ReviewRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Why {
        /** There is no such action. */
        ACTION,
        /** There is no such order, or it has no such line. */
        UNKNOWN,
        /** Nothing of the order is in REVIEW. */
        NOT_IN_REVIEW,
        /** Several lines are in REVIEW, and none was named. */
        SEVERAL,
        /** Buying again without the number of the purchase order that it replaces. */
        CONFIRM,
        /** Buying again what was never bought. */
        NOT_BOUGHT,
        /** Buying again while the purchase order is being sent or looked up. */
        UNDER_WAY,
        /** It was decided, and the line is in REVIEW still. */
        STAYS
    }

    private final Why why;

    private ReviewRefusedException(Why why, String message) {
        super(message);
        this.why = why;
    }

    static ReviewRefusedException action(String action) {
        return new ReviewRefusedException(
                Why.ACTION, "action '" + action + "' is not known; it is resume, cancel or buyAgain");
    }

    static ReviewRefusedException unknown(String orderId) {
        return new ReviewRefusedException(Why.UNKNOWN, "no order " + orderId + " with such a line is known");
    }

    static ReviewRefusedException notInReview(String orderId) {
        return new ReviewRefusedException(
                Why.NOT_IN_REVIEW, "order " + orderId + " is not in REVIEW; nothing was changed");
    }

    static ReviewRefusedException several(String orderId, List<String> lines) {
        return new ReviewRefusedException(
                Why.SEVERAL,
                "order " + orderId + " has several lines in REVIEW; name one by market and line: "
                        + String.join(", ", lines));
    }

    static ReviewRefusedException confirm(String clientRef, String supplier) {
        return new ReviewRefusedException(
                Why.CONFIRM,
                "not bought again: look for purchase order " + clientRef + " at " + supplier
                        + "; only when it is not there, or cancelled there, repeat this with confirm=" + clientRef);
    }

    static ReviewRefusedException notBought() {
        return new ReviewRefusedException(
                Why.NOT_BOUGHT, "not bought again: nothing was sent to the supplier yet; resume the line instead");
    }

    static ReviewRefusedException underWay(String clientRef) {
        return new ReviewRefusedException(
                Why.UNDER_WAY,
                "not bought again: purchase order " + clientRef
                        + " is being sent or looked up; wait until that has ended, and look again");
    }

    static ReviewRefusedException stays(String reason) {
        return new ReviewRefusedException(Why.STAYS, "the line stays in REVIEW: " + reason);
    }

    public Why why() {
        return why;
    }
}
