package hub.sandbox.ownerclan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Simulator;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Ownerclan's seller API v0.11.0: {@code POST /auth} and {@code /v1/graphql}.
 *
 * <p>It knows no idempotency: the same order sent twice is two orders. Thread-safe.
 */
public final class OwnerclanSimulator implements Simulator {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** A GraphQL request before it is understood. */
    private record Asked(String query, JsonNode variables) {}

    private final SandboxOptions options;
    private final Execution execution = new Execution(Schema.ownerclan());
    private final Passes passes;
    private final Shop shop;

    public OwnerclanSimulator(SandboxOptions options, SandboxClock clock, SandboxStore store) {
        this.options = options;
        this.passes = new Passes(store);
        Catalog catalog = new Catalog(options, store);
        Histories histories = new Histories(store);
        Market market = new Market(catalog, histories, options, clock, store);
        this.shop = new Shop(catalog, histories, market, new Orders(store, clock, options.seed()));
    }

    @Override
    public String partner() {
        return "ownerclan";
    }

    @Override
    public Set<String> contentFaults() {
        return Set.of(
                "empty-catalogue",
                "half-catalogue",
                "shrink",
                "loop-page",
                "endless",
                "duplicate-page",
                "price-zero",
                "price-jump",
                "identity-swap",
                "renamed-field",
                "soldout-all",
                "balance-empty");
    }

    /** The first field asked for, such as {@code allItems}; {@code graphql} when the query cannot be read. */
    @Override
    public String operation(Request request) {
        if (request.path().equals("/auth")) {
            return "auth";
        }
        if (!request.path().equals("/v1/graphql")) {
            return "unknown";
        }
        try {
            return Document.parse(asked(request).query()).selections().get(0).name();
        } catch (GraphqlException | JsonProcessingException | IllegalArgumentException e) {
            return "graphql";
        }
    }

    @Override
    public Answer answer(Request request) {
        String call = request.method() + " " + request.path();
        return switch (call) {
            case "POST /auth" -> auth(request);
            case "GET /v1/graphql", "POST /v1/graphql" -> graphql(request);
            default -> Answer.text(404, "Not Found");
        };
    }

    @Override
    public synchronized void tick() {
        shop.market().tick();
        shop.orders().tick();
    }

    private Answer auth(Request request) {
        JsonNode body;
        try {
            body = JSON.readTree(request.body());
        } catch (IOException e) {
            return Answer.text(400, "Bad Request");
        }
        boolean known = body.path("service").asText().equals("ownerclan")
                && body.path("userType").asText().equals("seller")
                && body.path("username").asText().equals(options.credential(partner(), "username"))
                && body.path("password").asText().equals(options.credential(partner(), "password"));
        return known
                ? Answer.text(200, passes.issue(body.path("username").asText(), request.at()))
                : Answer.text(401, "Unauthorized");
    }

    private Answer graphql(Request request) {
        if (!passes.valid(request.headers().getOrDefault("authorization", ""), request.at())) {
            return Answer.text(401, "Unauthorized");
        }
        try {
            Asked asked = asked(request);
            Document document = Document.parse(asked.query());
            if (document.kind().equals("Mutation") && request.method().equals("GET")) {
                throw new GraphqlException("Can only perform a mutation operation from a POST request.");
            }
            Work work = new Work(shop, request.faults(), request.at());
            synchronized (this) {
                ObjectNode answer = execution.run(document, asked.variables(), work);
                return Answer.json(200, answer.toString()).did(work.effect(), work.ref());
            }
        } catch (GraphqlException e) {
            return refused(e);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Answer.text(400, "Bad Request");
        }
    }

    private static Answer refused(GraphqlException e) {
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("errors").add(e.entry(""));
        answer.putNull("data");
        return Answer.json(200, answer.toString());
    }

    private static Asked asked(Request request) throws JsonProcessingException {
        JsonNode body;
        if (request.method().equals("GET")) {
            ObjectNode parameters = JSON.createObjectNode();
            for (String pair : request.query().split("&", -1)) {
                String[] parts = pair.split("=", 2);
                String value = parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
                if (parts[0].equals("variables") && !value.isEmpty()) {
                    parameters.set("variables", JSON.readTree(value));
                } else {
                    parameters.put(parts[0], value);
                }
            }
            body = parameters;
        } else {
            body = JSON.readTree(new String(request.body(), StandardCharsets.UTF_8));
        }
        JsonNode variables = body.path("variables");
        return new Asked(body.path("query").asText(), variables.isObject() ? variables : JSON.createObjectNode());
    }
}
