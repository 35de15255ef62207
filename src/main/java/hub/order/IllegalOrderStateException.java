package hub.order;

/** Final: a change of state that the table of {@link OrderState} does not have. The transaction was rolled back. */
public final class IllegalOrderStateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IllegalOrderStateException(String what, OrderState from, OrderState to) {
        super(what + " is " + from + " and cannot become " + to);
    }
}
