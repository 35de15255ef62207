package hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.catalog.Pulls;
import hub.catalog.guard.HoldDesk;
import hub.catalog.guard.HoldRefusedException;
import hub.catalog.guard.Holds;
import hub.catalog.guard.ItemHold;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/feeds}: held feeds, and held items by number. {@code GET /api/holds}: held items one by one.
 * {@code POST} to either, with {@code supplier}, {@code guard} or {@code sku}, the {@code hash} that was shown, and
 * {@code decision=yes|no}, decides.
 *
 * <p>Errors, as {@code {"error": …}}: 400 neither yes nor no, 404 not held, 409 something else came, decided already,
 * or not to be taken at all.
 */
@RestController
class HoldsApi {

    static final String FEEDS = "/api/feeds";
    static final String ITEMS = "/api/holds";

    private static final int MOST = 500;

    private final StatusBoard board;
    private final Holds holds;
    private final HoldDesk desk;
    private final Pulls pulls;

    HoldsApi(StatusBoard board, Holds holds, HoldDesk desk, Pulls pulls) {
        this.board = board;
        this.holds = holds;
        this.desk = desk;
        this.pulls = pulls;
    }

    @GetMapping(FEEDS)
    Holds.Summary feeds() {
        return board.holds();
    }

    @GetMapping(ITEMS)
    List<ItemHold> items() {
        return holds.items(MOST);
    }

    @PostMapping(FEEDS)
    ResponseEntity<JsonNode> feed(
            @RequestParam String supplier,
            @RequestParam String guard,
            @RequestParam String hash,
            @RequestParam(defaultValue = "") String decision,
            Principal user) {
        desk.feed(supplier, guard, hash, decision, user.getName());
        pulls.ask(supplier, false);
        return done(supplier, "guard", guard, decision);
    }

    @PostMapping(ITEMS)
    ResponseEntity<JsonNode> item(
            @RequestParam String supplier,
            @RequestParam String sku,
            @RequestParam String hash,
            @RequestParam(defaultValue = "") String decision,
            Principal user) {
        desk.item(supplier, sku, hash, decision, user.getName());
        return done(supplier, "sku", sku, decision);
    }

    private static ResponseEntity<JsonNode> done(String supplier, String what, String name, String decision) {
        return answer(
                HttpStatus.OK,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("supplier", supplier)
                        .put(what, name)
                        .put("decision", decision));
    }

    @ExceptionHandler
    ResponseEntity<JsonNode> refused(HoldRefusedException refused) {
        HttpStatus status = switch (refused.why()) {
            case DECISION -> HttpStatus.BAD_REQUEST;
            case UNKNOWN -> HttpStatus.NOT_FOUND;
            case CHANGED, DECIDED, NEVER -> HttpStatus.CONFLICT;
        };
        return answer(status, JsonNodeFactory.instance.objectNode().put("error", refused.getMessage()));
    }

    private static ResponseEntity<JsonNode> answer(HttpStatus status, JsonNode body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
