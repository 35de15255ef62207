package hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.order.ReviewDesk;
import hub.order.ReviewRefusedException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/orders/{id}/review?action=resume|cancel|buyAgain}: decides about a line in REVIEW, by the market's
 * order number; {@code market} and {@code line} are needed only where that names several. {@code buyAgain} needs
 * {@code confirm} too, the {@code client_ref} of the purchase order that the supplier certainly does not have.
 *
 * <p>Errors, as {@code {"error": …}}: 400 no such action, 404 no such order or line, 409 not in REVIEW, several lines
 * in it, or in it still, or not to be bought again now; 412 not or wrongly confirmed.
 */
@RestController
class ReviewApi {

    private final ReviewDesk desk;

    ReviewApi(ReviewDesk desk) {
        this.desk = desk;
    }

    @PostMapping("/api/orders/{id}/review")
    ResponseEntity<JsonNode> decide(
            @PathVariable("id") String id,
            @RequestParam(name = "action", defaultValue = "") String action,
            @RequestParam(name = "market", required = false) @Nullable String market,
            @RequestParam(name = "line", required = false) @Nullable String line,
            @RequestParam(name = "confirm", defaultValue = "") String confirm,
            Principal user) {
        return answer(HttpStatus.OK, desk.decide(id, market, line, action, confirm, user.getName()));
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> refused(ReviewRefusedException refused) {
        HttpStatus status = switch (refused.why()) {
            case ACTION -> HttpStatus.BAD_REQUEST;
            case UNKNOWN -> HttpStatus.NOT_FOUND;
            case CONFIRM -> HttpStatus.PRECONDITION_FAILED;
            case NOT_IN_REVIEW, SEVERAL, NOT_BOUGHT, UNDER_WAY, STAYS -> HttpStatus.CONFLICT;
        };
        return answer(status, JsonNodeFactory.instance.objectNode().put("error", refused.getMessage()));
    }

    /** JSON, whatever was asked for: a refusal that cannot be read would look like a fault of the hub. */
    private static ResponseEntity<JsonNode> answer(HttpStatus status, JsonNode body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
