package hub.cache;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.stereotype.Component;

/**
 * {@code cached:<kind>/<name>}: what {@code direct:<name>} answers to the body, kept as {@code hub.cache.kinds.<kind>}
 * says, so that the same question within its time costs no call. The route behind it gets nothing but the body.
 *
 * <p>The variable {@code age} says how many seconds ago the answer was loaded, {@code source} where it comes from, see
 * {@link Cached.Source}. The parameter {@code tags}, such as {@code supplier:acme,prices}, names what outdates it
 * besides its kind.
 */
@Component("cached")
public class CachedComponent extends DefaultComponent {

    private final CachedCalls calls;

    CachedComponent(CachedCalls calls) {
        this.calls = calls;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        int slash = remaining.indexOf('/');
        if (slash < 1 || slash == remaining.length() - 1) {
            throw new IllegalArgumentException(
                    "cached:" + remaining + " is not cached:<kind>/<name of a direct route>");
        }
        String tags = getAndRemoveParameter(parameters, "tags", String.class, "");
        String kind = remaining.substring(0, slash);
        calls.check(kind);
        return new CachedEndpoint(uri, this, kind, remaining.substring(slash + 1), tags(tags));
    }

    private static List<String> tags(String given) {
        return Stream.of(given.split(","))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .toList();
    }

    private final class CachedEndpoint extends DefaultEndpoint {

        private final String kind;
        private final String route;
        private final List<String> tags;

        CachedEndpoint(String uri, CachedComponent component, String kind, String route, List<String> tags) {
            super(uri, component);
            this.kind = kind;
            this.route = route;
            this.tags = tags;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws InvalidPayloadException {
                    CachedCalls.Result result =
                            calls.ask(kind, route, tags, exchange.getMessage().getMandatoryBody(JsonNode.class));
                    exchange.getMessage().setBody(result.document());
                    exchange.setVariable("age", result.age().toSeconds());
                    exchange.setVariable("source", result.source());
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("cached: is asked, it asks nobody; use a timer");
        }
    }
}
