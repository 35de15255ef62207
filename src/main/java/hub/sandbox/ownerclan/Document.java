package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operation as it was asked for, not yet held against the schema. Fragments and directives are not understood.
 *
 * @param kind {@code Query} or {@code Mutation}
 * @param tokens knows the text, for the places of errors
 */
record Document(String kind, Map<String, Variable> variables, List<Selection> selections, Tokens tokens) {

    /** A declared variable. */
    record Variable(Schema.Ref type, Value fallback) {}

    /** One wanted field; {@code at} is its place in the text. */
    record Selection(String alias, String name, Map<String, Value> arguments, List<Selection> selections, int at) {}

    /** A value as written. */
    sealed interface Value {
        /** Number, string, boolean or null. */
        record Plain(JsonNode json) implements Value {}

        /** The value of an enum. */
        record Name(String name) implements Value {}

        /** {@code $name}. */
        record Use(String variable) implements Value {}

        /** In brackets. */
        record Items(List<Value> values) implements Value {}

        /** In braces. */
        record Fields(Map<String, Value> values) implements Value {}

        /** Nothing written. */
        record Missing() implements Value {}
    }

    /** @throws GraphqlException when it is not the GraphQL that is understood here */
    static Document parse(String text) {
        Tokens tokens = new Tokens(text);
        String kind = "Query";
        Map<String, Variable> variables = Map.of();
        if (!tokens.is("{")) {
            if (!tokens.isName("query") && !tokens.isName("mutation")) {
                throw tokens.unexpected();
            }
            kind = tokens.take().equals("query") ? "Query" : "Mutation";
            if (tokens.kind() == Tokens.Kind.NAME) {
                tokens.take();
            }
            variables = variables(tokens);
        }
        List<Selection> selections = selections(tokens);
        if (tokens.kind() != Tokens.Kind.END) {
            throw tokens.unexpected();
        }
        return new Document(kind, variables, selections, tokens);
    }

    private static Map<String, Variable> variables(Tokens tokens) {
        Map<String, Variable> variables = new LinkedHashMap<>();
        if (!tokens.skip("(")) {
            return variables;
        }
        while (!tokens.skip(")")) {
            tokens.expect("$");
            String name = tokens.name();
            tokens.expect(":");
            Schema.Ref type = Schema.ref(tokens);
            variables.put(name, new Variable(type, tokens.skip("=") ? value(tokens) : new Value.Missing()));
        }
        return variables;
    }

    private static List<Selection> selections(Tokens tokens) {
        List<Selection> selections = new ArrayList<>();
        tokens.expect("{");
        do {
            int at = tokens.at();
            String alias = tokens.name();
            String name = tokens.skip(":") ? tokens.name() : alias;
            Map<String, Value> arguments = tokens.skip("(") ? values(tokens, ")") : Map.of();
            selections.add(new Selection(alias, name, arguments, tokens.is("{") ? selections(tokens) : List.of(), at));
        } while (!tokens.skip("}"));
        return selections;
    }

    private static Map<String, Value> values(Tokens tokens, String close) {
        Map<String, Value> values = new LinkedHashMap<>();
        while (!tokens.skip(close)) {
            String name = tokens.name();
            tokens.expect(":");
            values.put(name, value(tokens));
        }
        return values;
    }

    private static Value value(Tokens tokens) {
        if (tokens.skip("$")) {
            return new Value.Use(tokens.name());
        }
        if (tokens.skip("[")) {
            List<Value> items = new ArrayList<>();
            while (!tokens.skip("]")) {
                items.add(value(tokens));
            }
            return new Value.Items(items);
        }
        if (tokens.skip("{")) {
            return new Value.Fields(values(tokens, "}"));
        }
        return switch (tokens.kind()) {
            case STRING -> new Value.Plain(TextNode.valueOf(tokens.take()));
            case NUMBER -> new Value.Plain(number(tokens.take()));
            case NAME -> word(tokens.take());
            default -> throw tokens.unexpected();
        };
    }

    private static JsonNode number(String text) {
        return text.matches("-?\\d{1,18}")
                ? LongNode.valueOf(Long.parseLong(text))
                : DecimalNode.valueOf(new BigDecimal(text));
    }

    private static Value word(String word) {
        return switch (word) {
            case "true", "false" -> new Value.Plain(BooleanNode.valueOf(word.equals("true")));
            case "null" -> new Value.Plain(NullNode.getInstance());
            default -> new Value.Name(word);
        };
    }
}
