package hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;

/** One compiled jq program. Thread-safe. */
public final class Jq {

    private final JsonQuery query;
    private final Scope functions;

    /**
     * Compiles a program.
     *
     * @throws JqRefusedException if it is not jq
     */
    public Jq(String program) {
        this(program, JqFunctions.SCOPE);
    }

    /** Compiles a program that knows {@code table("name")} for each of the tables. */
    Jq(String program, Map<String, JsonNode> tables) {
        this(program, with(tables));
    }

    private static Scope with(Map<String, JsonNode> tables) {
        Scope scope = Scope.newChildScope(JqFunctions.SCOPE);
        tables.forEach((name, table) -> scope.setValue(JqFunctions.TABLE + name, table));
        return scope;
    }

    Jq(String program, Scope functions) {
        this.functions = functions;
        try {
            this.query = JsonQuery.compile(program, Versions.JQ_1_6);
        } catch (JsonQueryException e) {
            throw new JqRefusedException("jq does not compile: " + place(e), e);
        }
    }

    /** What is wrong and where, in a line; the library's own message repeats the whole program. */
    private static String place(Throwable refused) {
        Throwable parser = refused;
        while (parser.getCause() != null && parser.getCause() != parser) {
            parser = parser.getCause();
        }
        return String.valueOf(parser.getMessage()).strip().split("\\R", 2)[0];
    }

    /** Everything the program gives for {@code input}. */
    public List<JsonNode> all(JsonNode input) {
        return all(input, Map.of());
    }

    /**
     * Everything the program gives for {@code input}.
     *
     * @param variables what {@code variable("name")} answers; asked for only when the program does
     * @throws JqRefusedException if the program fails, such as by its own {@code error("…")}
     */
    public List<JsonNode> all(JsonNode input, Map<String, Supplier<JsonNode>> variables) {
        List<JsonNode> results = new ArrayList<>(1);
        Scope scope = Scope.newChildScope(functions);
        variables.forEach((name, value) -> scope.setValue(JqFunctions.VARIABLE + name, value));
        try {
            query.apply(scope, input, results::add);
        } catch (JsonQueryException | RuntimeException e) { // such as a pattern of a time that is none
            throw new JqRefusedException(String.valueOf(e.getMessage()), e);
        }
        return results;
    }
}
