package hub.sandbox.zentrade;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Simulator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Zentrade's two pages, and the clerk who enters what the hub hands off. */
public final class ZentradeSimulator implements Simulator {

    private static final String PRODUCTS = "/shop/proc/product_api.php";
    private static final String ORDERS = "/shop/proc/order_api.php";

    private final SandboxOptions options;
    private final SandboxClock clock;
    private final Catalogue catalogue;
    private final ProductPage products;
    private final Orders orders;
    private final Clerk clerk;

    public ZentradeSimulator(SandboxOptions options, SandboxClock clock, SandboxStore store) {
        this.options = options;
        this.clock = clock;
        this.catalogue = new Catalogue(options, clock, store);
        this.products = new ProductPage(options, clock, catalogue);
        this.orders = new Orders(options.seed(), clock, store);
        this.clerk = new Clerk(options.handoff().resolve("zentrade"), clock, store, catalogue, orders);
    }

    @Override
    public String partner() {
        return "zentrade";
    }

    @Override
    public String operation(Request request) {
        return switch (request.path()) {
            case PRODUCTS -> "product";
            case ORDERS -> "order";
            default -> "unknown";
        };
    }

    @Override
    public Answer answer(Request request) {
        Parameters parameters = Parameters.of(request);
        return switch (operation(request)) {
            case "product" -> products(parameters, request.faults());
            case "order" -> orders(parameters, request.faults());
            default -> html(404, "페이지를 찾을 수 없습니다.");
        };
    }

    @Override
    public Answer gateway(int status) {
        return html(status, status == 429 ? "접속이 너무 많습니다. 잠시 후 다시 시도해 주세요." : "서비스 점검중입니다.");
    }

    @Override
    public void tick() {
        catalogue.change();
        clerk.look();
    }

    /** The orders that the clerk did not enter. */
    @Override
    public List<String> remarks() {
        return clerk.refusals();
    }

    /** What can be wrong in an answer on demand. The one page of this partner is also its whole catalogue. */
    @Override
    public Set<String> contentFaults() {
        return Set.of(
                "empty-catalogue",
                "half-catalogue",
                "half-page",
                "shrink",
                "duplicate-page",
                "price-zero",
                "price-jump",
                "broken-xml",
                "renamed-field");
    }

    private Answer products(Parameters parameters, Set<String> faults) {
        if (!known(parameters)) {
            return xml(new Page(Page.PRODUCTS, clock.now()).finish(), faults);
        }
        return xml(products.answer(parameters, faults), faults);
    }

    private Answer orders(Parameters parameters, Set<String> faults) {
        List<JsonNode> found = known(parameters) ? orders.find(parameters) : List.of();
        String asked = parameters.text("pordno");
        String pordno = found.isEmpty() ? asked : found.get(0).path("pordno").asText();
        return xml(orders.page(found), faults).did("", pordno);
    }

    private boolean known(Parameters parameters) {
        return parameters.text("id").equals(options.credential("zentrade", "id"))
                && parameters.text("m_skey").equals(options.credential("zentrade", "key"));
    }

    /** A broken page ends in the middle, maybe of a character. */
    private static Answer xml(byte[] page, Set<String> faults) {
        byte[] body = faults.contains("broken-xml") ? Arrays.copyOf(page, page.length * 2 / 3) : page;
        return new Answer(200, Map.of("Content-Type", "text/xml; charset=euc-kr"), body, "", "");
    }

    private static Answer html(int status, String words) {
        byte[] body = ("<html><body>" + words + "</body></html>\n").getBytes(Page.CHARSET);
        return new Answer(status, Map.of("Content-Type", "text/html; charset=euc-kr"), body, "", "");
    }
}
