package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A simulator over a folder, with a clock that stands still unless told. */
final class DomeggookBench {

    private static final ObjectMapper JSON = new ObjectMapper();

    final SandboxStore store;
    final DomeggookSimulator simulator;
    private Instant now = Instant.parse("2026-03-01T03:30:00Z");

    DomeggookBench(Path folder, int products) {
        this(folder, products, 0);
    }

    DomeggookBench(Path folder, int products, double changesPerHour) {
        SandboxOptions options = new SandboxOptions(
                true,
                9090,
                products,
                60,
                1,
                changesPerHour,
                7,
                folder,
                folder,
                Map.of(
                        "domeggook",
                        Map.of("api-key", "key", "session-id", "session", "id", "member", "password", "secret")));
        store = new SandboxStore(folder.resolve("domeggook.jsonl"));
        simulator = new DomeggookSimulator(options, new SandboxClock(clock(), 60), store);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** A call a second after the one before. */
    Answer get(String query, String... faults) {
        pass(Duration.ofSeconds(1));
        return simulator.answer(request("GET", query, "", Set.of(faults)));
    }

    Answer post(String form) {
        pass(Duration.ofSeconds(1));
        return simulator.answer(request("POST", "", form, Set.of()));
    }

    Answer list(String query, String... faults) {
        return get("mode=getItemList&ver=4.1&aid=key&om=json&oe=utf-8&market=supply&" + query, faults);
    }

    JsonNode view(long no, String... faults) {
        return body(get("mode=getItemView&ver=4.5&aid=key&om=json&no=" + no, faults))
                .path("domeggook");
    }

    Answer order(long no, String item) {
        return order(no, item, "김가상||10000|경기도 가상시 예시로 12|101동 1001호|010-0000-0002||가상스토어|");
    }

    Answer order(long no, String item, String deliinfo) {
        return post("mode=setOrder&ver=4.3&aid=key&sId=session&om=json&receipt=0&notify=0&item%5B" + no + "%5D="
                + URLEncoder.encode(item, StandardCharsets.UTF_8) + "&deliinfo="
                + URLEncoder.encode(deliinfo, StandardCharsets.UTF_8));
    }

    Answer privately(String call) {
        return post("aid=key&sId=session&om=json&" + call);
    }

    Request request(String method, String query, String form, Set<String> faults) {
        return new Request(
                method,
                "/ssl/api/",
                query,
                "/domeggook/ssl/api/",
                Map.of("content-type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8),
                now,
                faults);
    }

    static JsonNode body(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The code of a refusal, wherever it stands; empty when there was none. */
    static String refusal(Answer answer) {
        JsonNode body = body(answer);
        JsonNode errors = body.has("errors")
                ? body.path("errors")
                : body.path("domeggook").path("errors");
        return errors.path("code").asText();
    }

    static JsonNode sample(String name) {
        String file = "/sandbox/domeggook/" + name + ".json";
        try (InputStream in = DomeggookBench.class.getResourceAsStream(file)) {
            return JSON.readTree(Objects.requireNonNull(in, file))
                    .path("response")
                    .path("body");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return SandboxClock.KST;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
