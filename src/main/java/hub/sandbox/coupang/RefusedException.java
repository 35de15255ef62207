package hub.sandbox.coupang;

import hub.sandbox.Answer;

/** Final. A call that Coupang refuses; nothing was changed. Carries what it answers. */
final class RefusedException extends RuntimeException {

    private final transient Answer answer;

    private RefusedException(Answer answer, String message) {
        super(message);
        this.answer = answer;
    }

    /** In the words of the product APIs. */
    static RefusedException product(String message) {
        return new RefusedException(Envelope.productError(message), message);
    }

    /** In the words of the vendor-item APIs, which leave {@code data} out. */
    static RefusedException item(String message) {
        return new RefusedException(Envelope.itemError(message), message);
    }

    /** In the words of the order and claim APIs. */
    static RefusedException order(String message) {
        return order(400, message);
    }

    static RefusedException order(int status, String message) {
        return new RefusedException(Envelope.orderError(status, message), message);
    }

    static RefusedException with(Answer answer) {
        return new RefusedException(answer, "status " + answer.status());
    }

    Answer answer() {
        return answer;
    }
}
