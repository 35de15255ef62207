package hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.time.Seoul;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.Expression;
import net.thisptr.jackson.jq.Function;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/**
 * What our jq knows beyond jq 1.6: {@code variable("x")} (as in camel-jq), and times, which partners write in five
 * ways.
 *
 * <p>{@code instant}: milliseconds or seconds since 1970, ISO text with any offset, or Korean local text → ISO in UTC.
 * {@code kst("pattern")}: an ISO instant as Korean local text. {@code ms}: an ISO instant as milliseconds.
 * {@code shift("-PT10M")}: an ISO instant moved. {@code instant_now}: now. {@code table("categories.json")}: a JSON
 * file beside the {@code product.jq} that names it, read once. {@code squeeze}: text without white space at its ends
 * and with one space wherever there was some.
 */
final class JqFunctions {

    static final String VARIABLE = "variable ";
    static final String TABLE = "table ";
    static final Scope SCOPE = scope();

    private JqFunctions() {}

    private static Scope scope() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Versions.JQ_1_6, scope);
        scope.addFunction("variable", 1, with(JqFunctions::variable));
        scope.addFunction("table", 1, with((s, name, in) -> table(s, name)));
        scope.addFunction("squeeze", 0, (sc, args, in, path, out, version) -> out.emit(squeezed(in), null));
        scope.addFunction("instant", 0, plain(JqFunctions::instant));
        scope.addFunction("ms", 0, plain(in -> LongNode.valueOf(at(in).toEpochMilli())));
        scope.addFunction("instant_now", 0, plain(in -> text(Instant.now())));
        scope.addFunction(
                "kst",
                1,
                with((s, pattern, in) -> new TextNode(DateTimeFormatter.ofPattern(pattern.asText())
                        .withZone(Seoul.ZONE)
                        .format(at(in)))));
        scope.addFunction("shift", 1, with((s, by, in) -> text(at(in).plus(Duration.parse(by.asText())))));
        return scope;
    }

    private static JsonNode variable(Scope scope, JsonNode name, JsonNode in) {
        JsonNode value = scope.getValue(VARIABLE + name.asText());
        return value == null ? NullNode.getInstance() : value;
    }

    private static JsonNode table(Scope scope, JsonNode name) throws JsonQueryException {
        JsonNode table = scope.getValue(TABLE + name.asText());
        if (table == null) {
            throw new JsonQueryException(
                    "no table(" + name + "): only product.jq has tables, JSON files beside it, named in full");
        }
        return table;
    }

    private static JsonNode squeezed(JsonNode in) throws JsonQueryException {
        if (!in.isTextual()) {
            throw new JsonQueryException("squeeze takes text, not " + in);
        }
        String text = Spaces.squeezed(in.textValue());
        return text.equals(in.textValue()) ? in : new TextNode(text);
    }

    private static JsonNode instant(JsonNode in) {
        return in.isNull() || (in.isTextual() && in.asText().isBlank()) ? NullNode.getInstance() : text(at(in));
    }

    private static TextNode text(Instant at) {
        return new TextNode(at.toString());
    }

    private static Instant at(JsonNode in) {
        if (in.isNumber()) {
            long number = in.asLong();
            // 10^11 seconds is the year 5138, 10^11 milliseconds is 1973: partners' times are one or the other.
            return Math.abs(number) >= 100_000_000_000L ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
        }
        String text = in.asText().trim().replace('/', '-').replace(' ', 'T');
        if (text.length() == 10) {
            return Seoul.begin(LocalDate.parse(text));
        }
        boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
        return zoned
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(Seoul.ZONE).toInstant();
    }

    private interface Plain {
        JsonNode apply(JsonNode in);
    }

    private interface Value {
        JsonNode get() throws JsonQueryException;
    }

    private interface WithArgument {
        JsonNode apply(Scope scope, JsonNode argument, JsonNode in) throws JsonQueryException;
    }

    private static Function plain(Plain plain) {
        return (scope, args, in, path, out, version) -> out.emit(refusing(() -> plain.apply(in), in), null);
    }

    private static Function with(WithArgument function) {
        return (scope, args, in, path, out, version) -> {
            for (JsonNode argument : values(scope, args.get(0), in)) {
                out.emit(refusing(() -> function.apply(scope, argument, in), in), null);
            }
        };
    }

    private static JsonNode refusing(Value value, JsonNode in) throws JsonQueryException {
        try {
            return value.get();
        } catch (DateTimeException | ArithmeticException e) {
            throw new JsonQueryException("not a time: " + in + " (" + e.getMessage() + ")");
        }
    }

    private static List<JsonNode> values(Scope scope, Expression expression, JsonNode in) throws JsonQueryException {
        List<JsonNode> values = new java.util.ArrayList<>(1);
        expression.apply(scope, in, values::add);
        return values;
    }
}
