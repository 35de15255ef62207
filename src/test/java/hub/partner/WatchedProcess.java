package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import hub.budget.BudgetOptions;
import hub.budget.BudgetRule;
import hub.budget.CallBudgets;
import hub.mapping.JqLanguage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One process of several: its budgets, stops and repeats, wired to the partner {@code acme} as in the hub. */
final class WatchedProcess implements AnswerWatch, AutoCloseable {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final CallBudgets budgets;
    final Stops stops;
    final Repeats repeats;
    final Partners partners;
    final Partner partner;
    final List<String> unplanned = new ArrayList<>();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private String lane = "catalogue";

    WatchedProcess(PartnerRig rig, StringRedisTemplate redis, DataSource database) {
        this(rig, redis, database, new BudgetRule("vendor", 900, Duration.ofMillis(200), 0, 0, false, List.of(), null));
    }

    WatchedProcess(PartnerRig rig, StringRedisTemplate redis, DataSource database, BudgetRule... rules) {
        Clock clock = Clock.systemUTC();
        budgets = new CallBudgets(
                redis,
                database,
                Map.of("acme", List.of(rules)),
                Map.of(),
                new BudgetOptions(Duration.ofSeconds(3), Duration.ofMillis(50)),
                clock,
                meters);
        stops = new Stops(JdbcClient.create(database), clock);
        repeats =
                new Repeats(new RetryOptions(0.1, Duration.ofMinutes(10), Duration.ofMinutes(1)), redis, clock, meters);
        partners = rig.partners(this);
        partner = partners.get("acme");
    }

    /** Makes the calls of {@link #route} orders. */
    WatchedProcess orders() {
        lane = CallBudgets.ORDERS;
        return this;
    }

    /** The kamelet as it is shipped, with the jq of a route of {@code acme} behind {@code direct:work}. */
    WatchedProcess route(String request, String work, String answer) throws Exception {
        camel.getRegistry().bind("jq-language", new JqLanguage());
        camel.getRegistry().bind("partners", partners);
        camel.getRegistry().bind("callBudgets", budgets);
        camel.getRegistry().bind("repeats", repeats);
        camel.getRegistry().bind("credentialWords", new CredentialWords(partners, stops));
        camel.getRegistry().bind("callResults", new CallResults(Clock.systemUTC()));
        camel.getRegistry().bind("breakerRegistry", Breakers.registry(budgets::notMade));
        camel.addComponent("partner", new PartnerComponent(partners));
        camel.start();
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(
                        PluginHelper.getResourceLoader(camel)
                                .resolveResource("file:routes/shared/partner-call.kamelet.yaml"),
                        ResourceHelper.fromString("work.camel.yaml", """
                                - route:
                                    id: work
                                    from:
                                      uri: direct
                                      parameters: { name: work }
                                      steps:
                                        - to:
                                            uri: kamelet:partner-call/acme-create
                                            parameters:
                                              partner: acme
                                              operation: create
                                              lane: %s
                                              request: '%s'
                                              work: '%s'
                                              answer: '%s'
                                """.formatted(lane, request, work, answer)));
        return this;
    }

    /** The document that the kamelet makes of one item. */
    JsonNode work(String item) {
        return camel.createFluentProducerTemplate()
                .to("direct:work")
                .withBody(PartnerRig.json(item))
                .request(JsonNode.class);
    }

    DefaultCamelContext camel() {
        return camel;
    }

    double retries(String result) {
        return meters.find("hub.partner.retries").tag("result", result).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Override
    public void limited(String partner, String operation, Duration retryAfter, String why) {
        budgets.pause(partner, operation, Instant.now().plus(retryAfter), why);
    }

    @Override
    public void allowance(String partner, String operation, int perSecond, int burst, int remaining) {}

    @Override
    public Duration leaving(String partner, String operation) {
        return budgets.depart(partner, operation);
    }

    @Override
    public void notMade() {
        budgets.notMade();
    }

    @Override
    public Duration unplanned(String partner, String operation) {
        unplanned.add(operation);
        return budgets.spendNow(partner, operation);
    }

    @Override
    public boolean failedBefore(String partner, String operation, Supplier<String> work) {
        return repeats.failedBefore(partner, operation, work);
    }

    @Override
    public Duration sending(String partner, String operation, boolean repeat) {
        return repeats.leaving(partner, operation, repeat);
    }

    @Override
    public Duration repeating(String partner, String operation) {
        return repeats.again(partner, operation);
    }

    @Override
    public String whyNotAgain(String partner, String operation, Duration wait) {
        return repeats.why(partner, operation, wait);
    }

    @Override
    public void ended(String partner, String operation, Supplier<String> work, boolean comesAgain) {
        repeats.ended(partner, operation, work, comesAgain);
    }

    @Override
    public Optional<Stop> stopped(String partner, String operation, String credentials, Supplier<String> request) {
        return stops.of(partner, operation, credentials, request);
    }

    @Override
    public void refused(Refusal refusal) {
        stops.refused(refusal);
    }

    @Override
    public void accepted(String partner, String operation, Supplier<String> request) {
        stops.accepted(partner, operation, request);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
