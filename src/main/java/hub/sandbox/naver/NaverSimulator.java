package hub.sandbox.naver;

import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Simulator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * Naver Commerce with one store, {@code /v1/…} and {@code /v2/…} with or without {@code /external} before it.
 *
 * <p>Thread-safe: calls wait for each other behind the gateway. Listings, orders, image addresses and tokens are kept
 * over restarts; what is left of the call budgets is not.
 */
public final class NaverSimulator implements Simulator {

    private static final String NAVER = "naver";
    private static final String ORDERS = "/v1/pay-order/seller/product-orders";
    private static final String ORIGIN = "/v2/products/origin-products/*";
    private static final String CHANNEL = "/v2/products/channel-products/*";
    private static final String TOKEN = "token";

    private final SandboxClock clock;
    private final Buckets buckets = new Buckets();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Tokens tokens;
    private final Buyers buyers;
    private final Course course;

    /** @throws IllegalArgumentException if a credential is missing or the client secret is no bcrypt salt */
    public NaverSimulator(SandboxOptions options, SandboxClock clock, SandboxStore store) {
        this.clock = clock;
        this.tokens =
                new Tokens(options.credential(NAVER, "client-id"), options.credential(NAVER, "client-secret"), store);
        Shelf shelf = new Shelf(store);
        Images images = new Images(options, store);
        OrderBook orders = new OrderBook(store);
        Claims claims = new Claims(orders);
        this.buyers = new Buyers(options, clock, shelf, orders);
        this.course = new Course(orders, claims, clock, options.seed());
        endpoints.add(Endpoint.of("POST", "/v1/oauth2/token", TOKEN, tokens::issue));
        endpoints.add(Endpoint.of("POST", "/v1/product-images/upload", "upload-images", images::upload));
        endpoints.add(Endpoint.of("GET", "/v1/seller/addressbooks-for-page", "list-addresses", AddressBook::list));
        serveProducts(shelf, new Products(shelf, images));
        serveStock(new Stocks(shelf), new OptionStock(shelf), new ProductSearch(shelf));
        serveOrders(new Changes(orders), new OrderQueries(orders));
        serveShipping(new Confirmations(orders, clock), new Dispatches(orders, clock));
        serveClaims(claims);
    }

    /** What each API allows from now on: calls a second, and how many its bucket holds. */
    public void allow(int perSecond, int burst) {
        buckets.allow(perSecond, burst, clock.now());
    }

    @Override
    public String partner() {
        return NAVER;
    }

    @Override
    public String operation(Request request) {
        return endpoint(request).map(Endpoint::operation).orElse("unknown");
    }

    /**
     * {@code partial}: of a batch of orders every second item fails. {@code prohibition}: the product is taken down.
     */
    @Override
    public Set<String> contentFaults() {
        return Set.of("partial", "prohibition");
    }

    @Override
    public Answer answer(Request request) {
        long began = System.nanoTime();
        String traceId = traceId();
        Optional<Endpoint> endpoint = endpoint(request);
        OptionalInt left = buckets.take(endpoint.map(Endpoint::api).orElse("unknown"), request.at());
        Answer answer = left.isEmpty()
                ? Gateway.error(429, request.at(), traceId)
                : endpoint.map(called -> served(called, request, traceId))
                        .orElseGet(() -> Gateway.error(404, request.at(), traceId));
        return Gateway.stamped(answer, traceId, buckets, left.orElse(0), (System.nanoTime() - began) / 1_000_000);
    }

    @Override
    public Answer gateway(int status) {
        String traceId = traceId();
        int left = status == 429 ? 0 : buckets.burst() - 1;
        return Gateway.stamped(Gateway.error(status, clock.now(), traceId), traceId, buckets, left, 0);
    }

    @Override
    public synchronized void tick() {
        Instant now = clock.now();
        course.run(now);
        buyers.run(now);
    }

    /** One at a time, and stamped inside: a change is never older than an answer that did not tell it. */
    private synchronized Answer served(Endpoint endpoint, Request request, String traceId) {
        Instant now = clock.now();
        String authorization = request.headers().getOrDefault("authorization", "");
        if (!endpoint.operation().equals(TOKEN) && !tokens.accept(authorization, now)) {
            return Gateway.error(401, now, traceId);
        }
        Call call = new Call(request, endpoint.ids(request).orElse(List.of()), traceId, now);
        try {
            return endpoint.handler().apply(call);
        } catch (RefusedException e) {
            return call.refused(e);
        }
    }

    private Optional<Endpoint> endpoint(Request request) {
        return endpoints.stream().filter(e -> e.ids(request).isPresent()).findFirst();
    }

    private static String traceId() {
        return "trace-" + UUID.randomUUID();
    }

    private void serveProducts(Shelf shelf, Products products) {
        endpoints.add(Endpoint.of("POST", "/v2/products", "create-product", products::create));
        endpoints.add(Endpoint.of("GET", ORIGIN, "get-product", c -> products.read(shelf.origin(c), c)));
        endpoints.add(Endpoint.of("PUT", ORIGIN, "update-product", c -> products.update(shelf.origin(c), c)));
        endpoints.add(Endpoint.of("DELETE", ORIGIN, "delete-product", c -> products.delete(shelf.origin(c), c)));
        endpoints.add(Endpoint.of("GET", CHANNEL, "get-product", c -> products.read(shelf.channel(c), c)));
        endpoints.add(Endpoint.of("PUT", CHANNEL, "update-product", c -> products.update(shelf.channel(c), c)));
        endpoints.add(Endpoint.of("DELETE", CHANNEL, "delete-product", c -> products.delete(shelf.channel(c), c)));
    }

    private void serveStock(Stocks stocks, OptionStock options, ProductSearch search) {
        String origin = "/v1/products/origin-products/";
        endpoints.add(Endpoint.of("PUT", origin + "*/change-status", "change-status", stocks::changeStatus));
        endpoints.add(Endpoint.of("PUT", origin + "*/option-stock", "update-options", options::update));
        endpoints.add(Endpoint.of("PATCH", origin + "multi-update", "multi-update", stocks::multiUpdate));
        endpoints.add(Endpoint.of("POST", "/v1/products/search", "search-products", search::search));
    }

    private void serveOrders(Changes changes, OrderQueries queries) {
        endpoints.add(Endpoint.of("GET", ORDERS + "/last-changed-statuses", "changed-orders", changes::list));
        endpoints.add(Endpoint.of("POST", ORDERS + "/query", "query-orders", queries::query));
        endpoints.add(Endpoint.of("GET", ORDERS, "list-orders", queries::list));
        endpoints.add(Endpoint.of(
                "GET", "/v1/pay-order/seller/orders/*/product-order-ids", "product-order-ids", queries::idsOfOrder));
    }

    private void serveShipping(Confirmations confirmations, Dispatches dispatches) {
        endpoints.add(Endpoint.of("POST", ORDERS + "/confirm", "confirm-orders", confirmations::confirm));
        endpoints.add(Endpoint.of("POST", ORDERS + "/dispatch", "dispatch-orders", dispatches::dispatch));
        endpoints.add(Endpoint.of("POST", ORDERS + "/*/delay", "delay-order", dispatches::delay));
    }

    private void serveClaims(Claims claims) {
        String claim = ORDERS + "/*/claim/";
        endpoints.add(Endpoint.of("POST", claim + "cancel/request", "cancel-order", claims::requestCancel));
        endpoints.add(Endpoint.of("POST", claim + "cancel/approve", "approve-cancel", claims::approveCancel));
        endpoints.add(Endpoint.of("POST", claim + "return/request", "request-return", claims::requestReturn));
        endpoints.add(Endpoint.of("POST", claim + "return/approve", "approve-return", claims::approveReturn));
        endpoints.add(Endpoint.of("POST", claim + "return/reject", "reject-return", claims::rejectReturn));
        endpoints.add(Endpoint.of("POST", claim + "return/holdback", "hold-return", c -> claims.holdReturn(c, true)));
        endpoints.add(Endpoint.of(
                "POST", claim + "return/holdback/release", "release-return", c -> claims.holdReturn(c, false)));
        for (String step : List.of("collect/approve", "dispatch", "holdback", "reject")) {
            String operation = "exchange-" + step.replace('/', '-');
            endpoints.add(Endpoint.of("POST", claim + "exchange/" + step, operation, claims::exchange));
        }
    }
}
