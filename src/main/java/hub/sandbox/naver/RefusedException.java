package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A call that changes nothing and is answered with an error body.
 *
 * <p>Products and orders have error bodies of their own: {@link #traced()} tells the order's, which carries a traceId.
 */
final class RefusedException extends RuntimeException {

    /** One entry of {@code invalidInputs}. */
    record Invalid(String name, String type, String message) {}

    private final int status;
    private final String code;
    private final String reason;
    private final List<Invalid> inputs;
    private final boolean traced;

    private RefusedException(int status, String code, String reason, List<Invalid> inputs, boolean traced) {
        super(status + " " + code);
        this.status = status;
        this.code = code;
        this.reason = reason;
        this.inputs = List.copyOf(inputs);
        this.traced = traced;
    }

    /** A product call with bad values; the list may be empty, as Naver's often is. */
    static RefusedException product(String reason, List<Invalid> inputs) {
        return new RefusedException(400, "BAD_REQUEST", reason, inputs, false);
    }

    static RefusedException product(String reason) {
        return product(reason, List.of());
    }

    static RefusedException noProduct() {
        return new RefusedException(404, "NOT_FOUND", "상품이 존재하지 않습니다.", List.of(), false);
    }

    static RefusedException mediaType() {
        return new RefusedException(415, "UNSUPPORTED_MEDIA_TYPE", "Unsupported Media Type", List.of(), false);
    }

    static RefusedException order(String code, String reason) {
        return new RefusedException(400, code, reason, List.of(), true);
    }

    /** An order call with a bad parameter. */
    static RefusedException parameter(String reason) {
        return order("4000", reason);
    }

    int status() {
        return status;
    }

    boolean traced() {
        return traced;
    }

    /** The error body but for the time and the traceId, which belong to the call. */
    ObjectNode body() {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("code", code).put("message", reason);
        if (!traced && status != 415) {
            var list = body.putArray("invalidInputs");
            inputs.forEach(input -> list.addObject()
                    .put("name", input.name())
                    .put("type", input.type())
                    .put("message", input.message()));
        }
        return body;
    }
}
