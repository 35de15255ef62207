package hub.sandbox.coupang;

import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Coupang WING for one vendor: its gateway, products, orders, claims and buyers.
 *
 * <p>Thread-safe: calls are answered one after the other.
 */
public final class CoupangSimulator implements Simulator {

    /** What the real gateway does for minutes; short here, so that a test sees the end of it. */
    private static final Duration BLOCK = Duration.ofSeconds(5);

    private static final int CALLS_PER_SECOND = 10;

    private final SandboxClock clock;
    private final SignatureCheck signature;
    private final CallBucket bucket;
    private final Routes routes;
    private final Listings listings;
    private final Orders orders;
    private final Buyers buyers;

    public CoupangSimulator(SandboxOptions options, SandboxClock clock, SandboxStore store) {
        this(options, clock, store, BLOCK);
    }

    /** @param block how long every call is refused once there were too many; real time */
    public CoupangSimulator(SandboxOptions options, SandboxClock clock, SandboxStore store, Duration block) {
        String vendorId = options.credential("coupang", "vendor-id");
        this.clock = clock;
        this.signature = new SignatureCheck(
                options.credential("coupang", "access-key"), options.credential("coupang", "secret-key"));
        this.bucket = new CallBucket(CALLS_PER_SECOND, block);
        this.listings = new Listings(store, clock);
        Claims claims = new Claims(store);
        this.orders = new Orders(store, clock, claims);
        this.buyers = new Buyers(listings, orders, options, clock);
        this.routes = new Routes(vendorId);
        registerProducts(vendorId);
        registerOrders(vendorId, claims);
    }

    private void registerProducts(String vendorId) {
        new ProductReads(listings, clock, vendorId).register(routes);
        new ProductWrites(listings, new ProductCheck(vendorId)).register(routes);
        new VendorItemCalls(listings).register(routes);
        new Categories().register(routes);
        new Places(vendorId).register(routes);
    }

    private void registerOrders(String vendorId, Claims claims) {
        Dispatch dispatch = new Dispatch(orders);
        new OrderReads(orders).register(routes);
        new Acknowledgement(orders).register(routes);
        new Invoices(orders, dispatch).register(routes);
        new SellerCancel(orders, claims).register(routes);
        new ClaimReads(claims, orders).register(routes);
        new ClaimActions(claims, orders, dispatch).register(routes);
        new Withdrawals(claims, vendorId).register(routes);
    }

    /** How many calls a second the vendor may make from the next one on. */
    public void allow(int perSecond) {
        bucket.allow(perSecond);
    }

    @Override
    public String partner() {
        return "coupang";
    }

    @Override
    public String operation(Request request) {
        return match(request).map(Routes.Match::operation).orElse("unknown");
    }

    /** What this simulator can get wrong on demand; faults of the wire are the server's. */
    @Override
    public Set<String> contentFaults() {
        return Set.of("deny", "success-with-error-items", "partial", "stop-requested");
    }

    @Override
    public Answer answer(Request request) {
        Optional<String> refusal = signature.refusal(
                request.method(), request.target(), request.headers().get("authorization"), request.at());
        if (refusal.isPresent()) {
            return Envelope.gateway(401, refusal.get());
        }
        if (!bucket.take(request.at())) {
            return gateway(429);
        }
        return match(request).map(this::answer).orElseGet(() -> Envelope.gateway(404, "Not Found"));
    }

    @Override
    public Answer gateway(int status) {
        return switch (status) {
            case 401 -> Envelope.gateway(401, "Specified signature is expired.");
            case 403 -> Envelope.accessDenied();
            case 412 -> Envelope.orderError(412, "Read timed out");
            case 429 -> Envelope.gateway(429, "Too Many Requests");
            case 500 -> Envelope.orderError(500, "Internal Exception");
            case 504, 521, 524 -> Envelope.timeout(status);
            default -> Envelope.gateway(status, "status " + status);
        };
    }

    @Override
    public synchronized void tick() {
        Instant now = clock.now();
        listings.tick(now);
        orders.tick(now);
        buyers.tick(now);
    }

    private synchronized Answer answer(Routes.Match match) {
        try {
            return match.answer();
        } catch (RefusedException e) {
            return e.answer();
        }
    }

    private Optional<Routes.Match> match(Request request) {
        try {
            return routes.find(request);
        } catch (RefusedException e) {
            // A path that cannot be decoded leads nowhere.
            return Optional.empty();
        }
    }
}
