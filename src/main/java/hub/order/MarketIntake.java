package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a reading of a market holds: orders first, then claims, which may be about them. */
@Component
public class MarketIntake {

    private final OrderLedger ledger;
    private final Claims claims;

    MarketIntake(OrderLedger ledger, Claims claims) {
        this.ledger = ledger;
        this.claims = claims;
    }

    /**
     * Takes in a page.
     *
     * @param page {@code {"orders": […], "claims": […]}}, each of which may be missing
     */
    public void take(String market, String account, JsonNode page) {
        List<JsonNode> orders = list(page.path("orders"));
        List<JsonNode> open = list(page.path("claims"));
        if (!orders.isEmpty()) {
            ledger.receive(market, account, orders);
        }
        if (!open.isEmpty()) {
            claims.receive(market, open);
        }
    }

    private static List<JsonNode> list(JsonNode of) {
        List<JsonNode> list = new ArrayList<>();
        of.forEach(list::add);
        return list;
    }
}
