package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.budget.CallBudgets;
import java.time.Instant;
import java.util.Map;
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
 * {@code partner:<name>/<operation>}: sends the request that stands in the body, and leaves the answer there; one that
 * is too large to be held as an iterator over its pages, for a split that streams and closes it.
 *
 * <p>An item that is worked on under a lease, {@code {job: {until}}} in the variable {@code item}, is not sent when the
 * call might outlast it: whoever has the job then would take it for unsent, or send it a second time.
 *
 * <p>The operation is only a name, for budgets, meters and logs; what is sent is the request, see {@link Outgoing}. The
 * variables {@code outcome}, {@code status} and {@code reason} say what became of it; {@code work} says what of the
 * request stays the same when it is made again, see {@link Repeats}. No header goes out or comes in.
 *
 * <p>With the parameter {@code items}, true, where answers are pages of a catalogue: as if each request had
 * {@code items}. With the parameter {@code lane}, {@code orders}, it also has the connections that the catalogue leaves
 * free for those.
 */
@Component("partner")
public class PartnerComponent extends DefaultComponent {

    private final Partners partners;

    PartnerComponent(Partners partners) {
        this.partners = partners;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        int slash = remaining.indexOf('/');
        if (slash < 1 || slash == remaining.length() - 1) {
            throw new IllegalArgumentException("partner:" + remaining + " is not partner:<name>/<operation>");
        }
        boolean items = Boolean.parseBoolean(String.valueOf(parameters.remove("items")));
        boolean order = CallBudgets.ORDERS.equals(parameters.remove("lane"));
        Partner partner = partners.get(remaining.substring(0, slash));
        return new PartnerEndpoint(uri, this, partner, remaining.substring(slash + 1), items, order);
    }

    private static final class PartnerEndpoint extends DefaultEndpoint {

        private final Partner partner;
        private final String operation;
        private final boolean items;
        private final boolean order;

        PartnerEndpoint(
                String uri,
                PartnerComponent component,
                Partner partner,
                String operation,
                boolean items,
                boolean order) {
            super(uri, component);
            this.partner = partner;
            this.operation = operation;
            this.items = items;
            this.order = order;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws InvalidPayloadException {
                    partner.leaveBefore(operation, claimedUntil(exchange));
                    JsonNode request = exchange.getMessage().getMandatoryBody(JsonNode.class);
                    Partner.Answer answer = partner.call(
                            operation,
                            items && request instanceof ObjectNode page ? ofItems(page) : request,
                            exchange.getVariable("work", JsonNode.class),
                            order);
                    exchange.setVariable("outcome", answer.outcome());
                    exchange.setVariable("status", answer.status());
                    exchange.setVariable("reason", answer.reason());
                    exchange.getMessage().setBody(answer.pages() == null ? answer.body() : answer.pages());
                }
            };
        }

        private static JsonNode ofItems(ObjectNode page) {
            return page.deepCopy().put("items", true);
        }

        private static Instant claimedUntil(Exchange exchange) {
            String until = exchange.getVariable("item") instanceof JsonNode item
                    ? item.path("job").path("until").asText("")
                    : "";
            return until.isEmpty() ? Instant.MAX : Instant.parse(until);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("partner: is called, it does not call; use a timer");
        }
    }
}
