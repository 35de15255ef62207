package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
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
 * <p>The operation is only a name, for budgets, meters and logs; what is sent is the request, see {@link Outgoing}. The
 * variables {@code outcome}, {@code status} and {@code reason} say what became of it. No header goes out or comes in.
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
        return new PartnerEndpoint(
                uri, this, partners.get(remaining.substring(0, slash)), remaining.substring(slash + 1));
    }

    private static final class PartnerEndpoint extends DefaultEndpoint {

        private final Partner partner;
        private final String operation;

        PartnerEndpoint(String uri, PartnerComponent component, Partner partner, String operation) {
            super(uri, component);
            this.partner = partner;
            this.operation = operation;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws InvalidPayloadException {
                    Partner.Answer answer =
                            partner.call(operation, exchange.getMessage().getMandatoryBody(JsonNode.class));
                    exchange.setVariable("outcome", answer.outcome());
                    exchange.setVariable("status", answer.status());
                    exchange.setVariable("reason", answer.reason());
                    exchange.getMessage().setBody(answer.pages() == null ? answer.body() : answer.pages());
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("partner: is called, it does not call; use a timer");
        }
    }
}
