package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Simulator;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Domeggook's one endpoint, {@code /ssl/api/}: the operation is the parameter {@code mode}. */
public final class DomeggookSimulator implements Simulator {

    /** The versions each mode is known in. */
    private static final Map<String, Set<String>> MODES = Map.ofEntries(
            Map.entry("getItemList", Set.of("4.1")),
            Map.entry("getItemView", Set.of("4.0", "4.5")),
            Map.entry("getAllSupplyChk", Set.of("1.1")),
            Map.entry("getCategoryList", Set.of("1.0")),
            Map.entry("setLogin", Set.of("4.1")),
            Map.entry("setLoginChk", Set.of("4.0")),
            Map.entry("getMyAsset", Set.of("1.0")),
            Map.entry("setOrder", Set.of("4.3")),
            Map.entry("setOrdDeny", Set.of("1.0")),
            Map.entry("getOrderList", Set.of("4.0")),
            Map.entry("getOrderView", Set.of("4.0", "4.1")));

    private static final Set<String> READING = Set.of("getItemList", "getItemView", "getCategoryList");
    private static final Set<String> EITHER = Set.of("getOrderList", "getOrderView");

    private final SandboxOptions options;
    private final CallLimit limit = new CallLimit();
    private final AtomicLong refusals = new AtomicLong();
    private final Sessions sessions;
    private final ItemList itemList;
    private final ItemView itemView;
    private final Changes changes;
    private final Orders orders;
    private final OrderBook book;
    private final Purse purse;

    public DomeggookSimulator(SandboxOptions options, SandboxClock clock, SandboxStore store) {
        Catalogue catalogue = new Catalogue(options.seed(), options.products(), store);
        this.options = options;
        this.sessions = new Sessions(options, clock, store);
        this.itemList = new ItemList(options, catalogue);
        this.itemView = new ItemView(options, catalogue);
        this.changes = new Changes(options, clock, store, catalogue);
        this.orders = new Orders(options.seed(), clock, store, catalogue);
        this.book = new OrderBook(store, clock);
        this.purse = new Purse(store);
    }

    @Override
    public String partner() {
        return "domeggook";
    }

    @Override
    public String operation(Request request) {
        try {
            String mode = Parameters.of(request).text("mode");
            return MODES.containsKey(mode) ? mode : "unknown";
        } catch (RefusedException e) {
            return "unknown";
        }
    }

    @Override
    public Answer answer(Request request) {
        if (!request.path().equals("/ssl/api/") && !request.path().equals("/ssl/api")) {
            return Answer.text(404, "Not Found");
        }
        try {
            Parameters parameters = Parameters.of(request);
            check(request.method(), parameters);
            limit.count(request.at());
            return answer(parameters, request.faults());
        } catch (RefusedException e) {
            return refusal(e);
        }
    }

    @Override
    public Answer gateway(int status) {
        String words = status == 429 ? "호출 제한을 초과하였습니다." : "서비스가 원활하지 않습니다. 잠시 후 다시 시도해 주세요.";
        return json(status, errors(Integer.toString(status), words));
    }

    @Override
    public void tick() {
        changes.happen();
    }

    /** What can be wrong in an answer on demand. */
    @Override
    public Set<String> contentFaults() {
        return Set.of("empty-catalogue", "half-catalogue", "half-page", "price-zero", "renamed-field");
    }

    private void check(String method, Parameters parameters) {
        if (!parameters.text("aid").equals(options.credential("domeggook", "api-key"))) {
            throw new RefusedException("INVALID_AID", "유효하지 않은 API Key 입니다.");
        }
        String mode = parameters.text("mode");
        if (!MODES.getOrDefault(mode, Set.of()).contains(parameters.text("ver"))) {
            throw new RefusedException("INVALID_MODE", "지원하지 않는 mode 또는 ver 입니다.");
        }
        String fitting = READING.contains(mode) ? "GET" : "POST";
        if (!EITHER.contains(mode) && !fitting.equals(method)) {
            throw new RefusedException("INVALID_METHOD", mode + " 은(는) " + fitting + " 로 호출해야 합니다.");
        }
        boolean utf8 = isUtf8(parameters.text("oe")) && isUtf8(parameters.text("ie"));
        if (!parameters.text("om").equals("json") || !utf8) {
            throw new RefusedException("INVALID_OUTPUT", "지원하지 않는 출력 형식 또는 인코딩입니다.");
        }
        if (!READING.contains(mode) && !mode.equals("setLogin")) {
            sessions.check(parameters);
        }
    }

    private Answer answer(Parameters parameters, Set<String> faults) {
        return switch (parameters.text("mode")) {
            case "getItemList" -> ok(itemList.answer(parameters, faults));
            case "getItemView" -> ok(itemView.answer(parameters, faults));
            case "getAllSupplyChk" -> ok(changes.answer(parameters));
            case "getCategoryList" -> ok(Categories.tree());
            case "setLogin" -> ok(sessions.login(parameters));
            case "setLoginChk" -> ok(sessions.renew(parameters));
            case "getMyAsset" -> ok(purse.answer());
            case "setOrder" -> placed(orders.place(parameters));
            case "setOrdDeny" -> denied(orders.deny(parameters));
            case "getOrderList" -> ok(book.list(parameters));
            default -> ok(book.view(parameters));
        };
    }

    private static Answer placed(PlacedOrder order) {
        ObjectNode answer = Loose.object().put("result", "SUCCESS");
        answer.putObject("order").put("orderNo", order.orderNo());
        return ok(answer).did("order-created", order.sellerMessage());
    }

    private static Answer denied(PlacedOrder order) {
        return ok(Loose.object().put("result", "true")).did("order-cancelled", order.sellerMessage());
    }

    private static Answer ok(ObjectNode node) {
        ObjectNode root = Loose.object();
        root.set("domeggook", node);
        return json(200, root);
    }

    /** An error is under {@code domeggook} in one answer and at the top in another; every other one here. */
    private Answer refusal(RefusedException refused) {
        ObjectNode errors = errors(refused.code(), refused.words());
        return refusals.getAndIncrement() % 2 == 0 ? json(200, errors) : ok(errors);
    }

    private static ObjectNode errors(String code, String words) {
        ObjectNode root = Loose.object();
        root.putObject("errors")
                .put("code", code)
                .put("message", words)
                .put("dcode", "")
                .put("dmessage", "");
        return root;
    }

    private static Answer json(int status, ObjectNode body) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json; charset=utf-8"),
                body.toString().getBytes(StandardCharsets.UTF_8),
                "",
                "");
    }

    private static boolean isUtf8(String encoding) {
        return encoding.isEmpty() || encoding.toLowerCase(Locale.ROOT).equals("utf-8");
    }
}
