package hub.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.springframework.stereotype.Component;

/**
 * Answers of {@code direct:} routes that are kept.
 *
 * <p>Kept is what has no {@code outcome}, or {@code ok}; a {@code final} refusal, such as that there is no such item,
 * counts as nothing found, for the shorter time. What may be otherwise a moment later ({@code retry}, {@code unknown})
 * is handed on and not kept; an old answer is given in its place while it is not too old. Thread-safe.
 */
@Component
public class CachedCalls {

    /** Fields in one order, so that the same question is the same key however it is written. */
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private final Caches caches;
    private final ProducerTemplate routes;

    CachedCalls(Caches caches, CamelContext camel) {
        this.caches = caches;
        this.routes = camel.createProducerTemplate();
    }

    /**
     * What was answered, and how fresh it is.
     *
     * @param source {@code called} for what was not kept, else a {@link Cached.Source} in small letters
     */
    public record Result(JsonNode document, Duration age, String source) {}

    /** Retryable: what was answered now, and is not to be kept. */
    private static final class NotKeptException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient JsonNode document;

        NotKeptException(JsonNode document) {
            super(document.path("reason").asText(), null, false, false);
            this.document = document;
        }
    }

    /** @throws IllegalArgumentException if {@code hub.cache.kinds} does not name it */
    void check(String kind) {
        caches.of(kind);
    }

    /**
     * What {@code direct:<route>} answers to the question, maybe earlier.
     *
     * @throws org.apache.camel.CamelExecutionException if the route failed and nothing is kept
     */
    public Result ask(String kind, String route, List<String> tags, JsonNode question) {
        try {
            Cached cached = caches.of(kind).get(key(route, question), tags, () -> call(route, question));
            String source = cached.source().name().toLowerCase(Locale.ROOT);
            return new Result(JSON.readTree(cached.body()), cached.age(), source);
        } catch (NotKeptException e) {
            return new Result(e.document, Duration.ZERO, "called");
        } catch (IOException e) {
            throw new UncheckedIOException("an answer of kind " + kind + " is kept that is no JSON", e);
        }
    }

    private Answer call(String route, JsonNode question) {
        JsonNode document = routes.requestBody("direct:" + route, question, JsonNode.class);
        String outcome = document.path("outcome").asText("ok");
        if (!outcome.equals("ok") && !outcome.equals("final")) {
            throw new NotKeptException(document);
        }
        JsonNode found = document.has("outcome") ? document.path("result") : document;
        boolean nothing = outcome.equals("final") || found.isNull() || (found.isContainerNode() && found.isEmpty());
        return new Answer(bytes(document), nothing || found.isMissingNode());
    }

    private static String key(String route, JsonNode question) {
        try {
            return route + '\n' + JSON.writeValueAsString(JSON.treeToValue(question, Object.class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(JsonNode document) {
        try {
            return JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
