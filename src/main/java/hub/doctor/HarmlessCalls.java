package hub.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import hub.mapping.Jq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one call of each partner that changes nothing and proves who we are: {@code doctor.request.jq} beside its routes,
 * and what the answer to it proves, {@code doctor.verdict.jq}.
 */
final class HarmlessCalls {

    private static final List<String> KINDS = List.of("suppliers", "markets");

    private final Path routes;

    /**
     * @param operation what the budget knows it by
     * @param request see {@code hub.partner.Outgoing}
     * @param verdict the program over the answer: null it is proven, a text why it is refused, false it cannot be told
     */
    record Harmless(String operation, JsonNode request, Jq verdict) {

        JsonNode judge(JsonNode answer) {
            return verdict.all(answer).stream().findFirst().orElse(NullNode.getInstance());
        }
    }

    HarmlessCalls(Path routes) {
        this.routes = routes;
    }

    /**
     * That of a partner; empty where it has none.
     *
     * @param identity what {@code variable("partner")} answers
     */
    Optional<Harmless> of(String partner, JsonNode identity) {
        return KINDS.stream()
                .map(kind -> routes.resolve(kind).resolve(partner))
                .filter(folder -> Files.exists(folder.resolve("doctor.request.jq")))
                .findFirst()
                .map(folder -> read(folder, identity));
    }

    private static Harmless read(Path folder, JsonNode identity) {
        JsonNode request = program(folder.resolve("doctor.request.jq"))
                .all(NullNode.getInstance(), Map.of("partner", () -> identity))
                .get(0);
        return new Harmless(
                request.path("operation").asText("doctor"), request, program(folder.resolve("doctor.verdict.jq")));
    }

    private static Jq program(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return new Jq(String.join("\n", lines.toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
