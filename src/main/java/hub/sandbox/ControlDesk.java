package hub.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What belongs to the sandbox itself: overview, journal, faults and pictures. */
final class ControlDesk {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> JOURNAL_QUERY = Set.of("partner", "operation", "since");

    private final SandboxOptions options;
    private final Collection<Simulator> simulators;
    private final Faults faults;
    private final Journal journal;
    private final Pictures pictures = new Pictures();

    ControlDesk(SandboxOptions options, Collection<Simulator> simulators, Faults faults, Journal journal) {
        this.options = options;
        this.simulators = simulators;
        this.faults = faults;
        this.journal = journal;
    }

    void serve(Call call, Wire wire) throws IOException {
        try {
            if (call.path().equals("/sandbox/journal") && call.method().equals("GET")) {
                Journal.Filter filter = filter(call.query());
                wire.stream(call, "application/x-ndjson", out -> journal.copy(filter, out));
            } else {
                wire.send(call, answer(call));
            }
        } catch (IllegalArgumentException | DateTimeException | JsonProcessingException e) {
            wire.send(call, error(400, String.valueOf(e.getMessage())));
        }
    }

    private Answer answer(Call call) throws JsonProcessingException {
        String path = call.path();
        String request = call.method() + " " + path;
        if (request.equals("GET /sandbox") || request.equals("GET /sandbox/")) {
            return Answer.json(200, overview().toString());
        }
        if (request.startsWith("GET /images/")) {
            return picture(path);
        }
        if (path.equals("/sandbox/faults")) {
            return faults(call);
        }
        if (request.startsWith("DELETE /sandbox/faults/")) {
            return faults.remove(Long.parseLong(path.substring("/sandbox/faults/".length())))
                    ? Answer.json(200, "{}")
                    : error(404, "no such fault");
        }
        return error(
                404,
                "not here; the sandbox knows /sandbox, /sandbox/journal, /sandbox/faults, /images and "
                        + "/<partner> of " + partners());
    }

    private Answer faults(Call call) throws JsonProcessingException {
        switch (call.method()) {
            case "GET" -> {
                return Answer.json(200, list().toString());
            }
            case "POST" -> {
                JsonNode wish = JSON.readTree(new String(call.body(), StandardCharsets.UTF_8));
                return Answer.json(200, faults.add(wish).json().toString());
            }
            case "DELETE" -> {
                faults.clear();
                return Answer.json(200, "{}");
            }
            default -> {
                return error(405, "GET, POST or DELETE");
            }
        }
    }

    private Answer picture(String path) {
        String[] parts = path.split("/", -1);
        if (parts.length != 4 || !parts[3].matches("\\d{1,15}\\.jpg")) {
            return error(404, "a picture is /images/<partner>/<number>.jpg");
        }
        byte[] jpeg = pictures.of(Long.parseLong(parts[3].substring(0, parts[3].length() - 4)));
        return new Answer(200, Map.of("Content-Type", "image/jpeg"), jpeg, "", "");
    }

    private ObjectNode overview() {
        ObjectNode overview = JSON.createObjectNode();
        overview.set("partners", partners());
        overview.put("products", options.products())
                .put("pace", options.pace())
                .put("ordersPerHour", options.ordersPerHour())
                .put("changesPerHour", options.changesPerHour())
                .put("calls", journal.calls());
        overview.set("faults", list());
        ObjectNode remarks = overview.putObject("remarks");
        simulators.forEach(simulator -> {
            ArrayNode lines = remarks.putArray(simulator.partner());
            simulator.remarks().forEach(lines::add);
        });
        return overview;
    }

    private ArrayNode partners() {
        ArrayNode partners = JSON.createArrayNode();
        simulators.forEach(simulator -> partners.add(simulator.partner()));
        return partners;
    }

    private ArrayNode list() {
        ArrayNode list = JSON.createArrayNode();
        faults.all().forEach(fault -> list.add(fault.json()));
        return list;
    }

    private static Answer error(int status, String message) {
        return Answer.json(status, JSON.createObjectNode().put("error", message).toString());
    }

    private static Journal.Filter filter(String query) {
        Map<String, String> values = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            String[] parts = pair.split("=", 2);
            if (parts.length < 2 || !JOURNAL_QUERY.contains(parts[0])) {
                throw new IllegalArgumentException("the journal takes " + JOURNAL_QUERY + ", not " + parts[0]);
            }
            values.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return Journal.filter(values);
    }
}
