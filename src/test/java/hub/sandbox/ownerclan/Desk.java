package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/** A simulator with a clock that stands until it is moved; calls go straight to it. */
final class Desk extends Clock {

    static final ObjectMapper JSON = new ObjectMapper();

    final OwnerclanSimulator simulator;
    final SandboxOptions options;
    private final SandboxStore store;
    private Instant now = Instant.parse("2026-03-02T00:00:00Z");
    private String token = "";

    /** @param changesPerHour share of the catalogue */
    Desk(Path state, int products, double changesPerHour) {
        Map<String, Map<String, String>> credentials =
                Map.of("ownerclan", Map.of("username", "sandbox", "password", "open sesame"));
        options = new SandboxOptions(true, 0, products, 1, 1, changesPerHour, 7, state, state, credentials);
        store = new SandboxStore(state.resolve("ownerclan.jsonl"));
        simulator = new OwnerclanSimulator(options, new SandboxClock(this, 1), store);
        token = auth("open sesame").text();
    }

    /** What came back. */
    record Reply(Answer answer) {

        String text() {
            return new String(answer.body(), StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return tree(text());
        }

        JsonNode data() {
            return json().path("data");
        }

        String error() {
            return json().path("errors").path(0).path("message").asText();
        }
    }

    void close() {
        store.close();
    }

    void pass(Duration time) {
        now = now.plus(time);
        simulator.tick();
    }

    void bearer(String token) {
        this.token = token;
    }

    Reply auth(String password) {
        ObjectNode body = (ObjectNode) sample("auth-01-ok").path("request").path("body");
        return send("POST", "/auth", "", body.put("password", password).toString(), Set.of());
    }

    Reply graphql(String query, String variables, String... faults) {
        ObjectNode body = JSON.createObjectNode().put("query", query);
        body.set("variables", tree(variables));
        return send("POST", "/v1/graphql", "", body.toString(), Set.of(faults));
    }

    /** The query of a sample, with other variables. */
    Reply played(String sample, String variables) {
        return graphql(sample(sample).at("/request/body/query").asText(), variables);
    }

    Reply get(String query) {
        return send("GET", "/v1/graphql", query, "", Set.of());
    }

    Item item(int number) {
        return new Catalog(options, store).item(number);
    }

    static JsonNode sample(String name) {
        try (InputStream in = Desk.class.getResourceAsStream("/sandbox/ownerclan/" + name + ".json")) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Request request(String method, String path, String query, String body, Set<String> faults) {
        Map<String, String> headers = Map.of("authorization", "Bearer " + token);
        String target = "/ownerclan" + path + (query.isEmpty() ? "" : "?" + query);
        return new Request(method, path, query, target, headers, body.getBytes(StandardCharsets.UTF_8), now, faults);
    }

    private Reply send(String method, String path, String query, String body, Set<String> faults) {
        return new Reply(simulator.answer(request(method, path, query, body, faults)));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
