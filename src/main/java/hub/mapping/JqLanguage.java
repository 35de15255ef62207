package hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.SingleInputTypedLanguageSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The {@code jq:} expression of YAML routes; camel-jq does not exist for our line of Camel.
 *
 * <p>The body may be JSON, a map or a list. One result is given as it is, several as a list, none as no body.
 */
@Component("jq-language")
public class JqLanguage extends SingleInputTypedLanguageSupport {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected boolean supportResultType() {
        return false;
    }

    @Override
    public Expression createExpression(@Nullable Expression source, String expression, Object @Nullable [] properties) {
        Jq program = compile(loadResource(expression), expression);
        return new ExpressionAdapter() {
            @Override
            public @Nullable Object evaluate(Exchange exchange) {
                Object input =
                        source == null ? exchange.getMessage().getBody() : source.evaluate(exchange, Object.class);
                return result(program.all(json(input), variables(exchange)));
            }

            @Override
            public String toString() {
                return "jq[" + expression + "]";
            }
        };
    }

    private static Jq compile(String program, String where) {
        try {
            return new Jq(program);
        } catch (JqRefusedException e) {
            throw new JqRefusedException(where + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable Object result(List<JsonNode> results) {
        return switch (results.size()) {
            case 0 -> null;
            case 1 -> plain(results.get(0));
            default -> results;
        };
    }

    /** Text, numbers and booleans as Java has them, so that YAML can compare them and put them into a name. */
    private static @Nullable Object plain(JsonNode result) {
        return switch (result.getNodeType()) {
            case STRING -> result.asText();
            case NUMBER -> result.numberValue();
            case BOOLEAN -> result.asBoolean();
            case NULL, MISSING -> null;
            default -> result;
        };
    }

    private static Map<String, Supplier<JsonNode>> variables(Exchange exchange) {
        Map<String, Supplier<JsonNode>> variables = new HashMap<>();
        exchange.getVariables().forEach((name, value) -> variables.put(name, () -> json(value)));
        return variables;
    }

    static JsonNode json(@Nullable Object value) {
        if (value == null) {
            return NullNode.getInstance();
        }
        if (value instanceof JsonNode node) {
            return node;
        }
        return value instanceof String text ? new TextNode(text) : JSON.valueToTree(value);
    }
}
