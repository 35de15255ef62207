package hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import hub.order.OrderLedger;
import hub.order.OrderState;
import hub.order.ReviewAction;
import hub.order.ReviewDesk;
import hub.order.ReviewRefusedException;
import hub.time.Seoul;
import java.security.Principal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /reviews}: the lines that wait for a person, and what an operator decides about each. */
@Controller
class ReviewPage {

    static final String PATH = "/reviews";

    private static final int MOST = 100;
    private final OrderLedger orders;
    private final ReviewDesk desk;
    private final RoleHierarchy roles;
    private final Reasons reasons;

    ReviewPage(OrderLedger orders, ReviewDesk desk, RoleHierarchy roles, Reasons reasons) {
        this.reasons = reasons;
        this.orders = orders;
        this.desk = desk;
        this.roles = roles;
    }

    /**
     * A line in REVIEW.
     *
     * @param clientRef number of its purchase order; empty when there is none
     * @param purchaseState empty when there is none
     * @param supplierOrders as the supplier numbers it; empty when it is not known to have it
     */
    record Row(
            String market,
            String orderId,
            String lineId,
            String goods,
            int quantity,
            String reason,
            String deadline,
            String supplier,
            String clientRef,
            String purchaseState,
            String supplierOrders) {

        static Row of(JsonNode line, UnaryOperator<String> translated) {
            String goods =
                    (line.path("name").asText() + " " + line.path("option").asText()).strip();
            return new Row(
                    line.path("market").asText(),
                    line.path("orderId").asText(),
                    line.path("lineId").asText(),
                    goods,
                    line.path("quantity").asInt(),
                    translated.apply(line.path("reason").asText()),
                    Seoul.minute(
                            OffsetDateTime.parse(line.path("deadline").asText()).toInstant()),
                    line.path("supplier").asText(""),
                    line.path("clientRef").asText(""),
                    line.path("purchaseState").asText(""),
                    line.path("supplierOrderIds")
                            .valueStream()
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", ")));
        }

        /** What makes sense: what was never sent is bought by going on. */
        public List<String> actions() {
            boolean sent = !clientRef.isEmpty() && !purchaseState.equals(OrderState.PO_READY.name());
            return Arrays.stream(ReviewAction.values())
                    .filter(action -> sent || action != ReviewAction.BUY_AGAIN)
                    .map(ReviewAction::label)
                    .toList();
        }
    }

    @GetMapping(PATH)
    String page(Model model, Authentication user, Locale locale) {
        model.addAttribute(
                "rows",
                orders.review(MOST).stream()
                        .map(line -> Row.of(line, reason -> reasons.in(locale, reason)))
                        .toList());
        model.addAttribute("most", MOST);
        model.addAttribute("mayDecide", mayDecide(user));
        model.addAttribute(
                "actions",
                Arrays.stream(ReviewAction.values()).map(ReviewAction::label).toList());
        return "reviews";
    }

    @PostMapping(PATH)
    String decide(
            @RequestParam String market,
            @RequestParam String order,
            @RequestParam String line,
            @RequestParam String action,
            @RequestParam(defaultValue = "") String confirm,
            Principal user,
            RedirectAttributes after) {
        after.addFlashAttribute("order", order);
        try {
            JsonNode now = desk.decide(order, market, line, action, confirm, user.getName());
            after.addFlashAttribute("done", now.path("state").asText());
        } catch (ReviewRefusedException e) {
            after.addFlashAttribute("refused", e.why().name());
        }
        return "redirect:" + PATH;
    }

    private boolean mayDecide(Authentication user) {
        return roles.getReachableGrantedAuthorities(user.getAuthorities()).stream()
                .anyMatch(may -> Role.OPERATOR.authority().equals(may.getAuthority()));
    }
}
