package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.budget.BudgetSpentException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What became of the calls of one item, as one document: {@code {item, outcome, reason, status, notBefore, result}}.
 *
 * <p>Of several calls the worst outcome counts (unknown, final, retry, ok), and their results are merged: objects field
 * by field, lists one behind the other. Stateless.
 */
@Component
public class CallResults implements AggregationStrategy {

    private static final List<String> WORST_FIRST = List.of("unknown", "final", "retry", "ok");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BREAKER_OPEN = Duration.ofSeconds(15);

    private final Clock clock;

    CallResults(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Exchange aggregate(@Nullable Exchange before, Exchange call) {
        ObjectNode result = of(call);
        Exchange merged = before == null ? call : before;
        merged.getMessage()
                .setBody(before == null ? result : worse(before.getMessage().getBody(ObjectNode.class), result));
        return merged;
    }

    /** Puts a failed call into the variables that an answered one sets. */
    public void describe(Exchange exchange) {
        Throwable failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        exchange.getMessage().setBody(null);
        PartnerCallException call = find(failure, PartnerCallException.class);
        BudgetSpentException spent = find(failure, BudgetSpentException.class);
        if (call != null) {
            set(exchange, call.outcome(), call.getMessage(), call.retryAfter());
            exchange.setVariable("status", call.status());
        } else if (spent != null) {
            set(exchange, "retry", spent.getMessage(), spent.retryAfter());
        } else if (find(failure, CallNotPermittedException.class) != null) {
            set(exchange, "retry", "the breaker is open: the last calls of this kind failed", BREAKER_OPEN);
        } else {
            // The partner answered, and our mapping of the answer failed: it may well have accepted.
            boolean answered = exchange.getVariable("outcome") != null;
            set(exchange, answered ? "unknown" : "final", "mapping: " + failure.getMessage(), Outgoing.RETRY);
        }
    }

    /** Nothing was sent, because the requests of the item could not be written. */
    public void refuse(Exchange exchange) {
        Throwable failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("outcome", "final").put("reason", "no request could be written: " + failure.getMessage());
        exchange.getMessage().setBody(result);
    }

    /** The document for the item, also when it needed no call at all. */
    public void finish(Exchange exchange) {
        ObjectNode done = exchange.getMessage().getBody() instanceof ObjectNode result && result.has("outcome")
                ? result
                : JsonNodeFactory.instance.objectNode().put("outcome", "ok").put("reason", "");
        done.set("item", node(exchange.getVariable("item")));
        exchange.getMessage().setBody(done);
    }

    private ObjectNode of(Exchange call) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        Object outcome = call.getVariable("outcome");
        result.put("outcome", outcome == null ? "unknown" : outcome.toString());
        result.put("reason", String.valueOf(call.getVariable("reason", "", String.class)));
        result.put("status", call.getVariable("status", 0, Integer.class));
        Object notBefore = call.getVariable("notBefore");
        if (notBefore != null) {
            result.put("notBefore", notBefore.toString());
        }
        if ("ok".equals(outcome)) {
            JsonNode mapped = node(call.getMessage().getBody());
            result.set("result", mapped);
            if (mapped.hasNonNull("outcome")) {
                result.put("outcome", outcome(mapped.path("outcome").asText()));
                result.put("reason", mapped.path("reason").asText());
            }
        }
        return result;
    }

    /** Whom our credentials were refused by was asked for nothing: the work comes again, with others. */
    private static String outcome(String mapped) {
        return mapped.equals(CredentialWords.CREDENTIALS) ? "retry" : mapped;
    }

    private static ObjectNode worse(ObjectNode before, ObjectNode now) {
        boolean nowWorse = rank(now) < rank(before);
        ObjectNode worse = (nowWorse ? now : before).deepCopy();
        worse.set("result", merge(before.path("result"), now.path("result")));
        return worse;
    }

    private static int rank(ObjectNode result) {
        return WORST_FIRST.indexOf(result.path("outcome").asText());
    }

    private static JsonNode merge(JsonNode a, JsonNode b) {
        if (a instanceof ObjectNode first && b instanceof ObjectNode second) {
            ObjectNode both = first.deepCopy();
            second.properties()
                    .forEach(field -> both.set(field.getKey(), merge(first.path(field.getKey()), field.getValue())));
            return both;
        }
        if (a instanceof ArrayNode first && b instanceof ArrayNode second) {
            return first.deepCopy().addAll(second);
        }
        return b.isMissingNode() || b.isNull() ? a : b;
    }

    private void set(Exchange exchange, String outcome, @Nullable String reason, Duration wait) {
        exchange.setVariable("outcome", outcome);
        exchange.setVariable("reason", String.valueOf(reason));
        exchange.setVariable("notBefore", clock.instant().plus(wait).toString());
    }

    private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        return ObjectHelper.getException(type, failure);
    }

    private static JsonNode node(@Nullable Object value) {
        if (value instanceof JsonNode node) {
            return node;
        }
        return value == null
                ? NullNode.getInstance()
                : value instanceof String text ? new TextNode(text) : JSON.valueToTree(value);
    }
}
