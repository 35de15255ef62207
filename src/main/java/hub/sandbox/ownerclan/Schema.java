package hub.sandbox.ownerclan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The types of the API, read from {@code schema.graphqls}. Immutable. */
final class Schema {

    /** A type as it is named where it is used. */
    record Ref(String name, boolean required, @Nullable Ref element) {

        boolean list() {
            return element != null;
        }

        @Override
        public String toString() {
            return (element == null ? name : "[" + element + "]") + (required ? "!" : "");
        }
    }

    /** A field, an argument or a field of an input. */
    record Field(String name, Ref type, Map<String, Field> arguments) {}

    /** An object or input with fields, or an enum with values. */
    record Type(String name, Map<String, Field> fields, Set<String> values) {

        boolean object() {
            return !fields.isEmpty();
        }
    }

    private static final Set<String> BUILT_IN = Set.of("Int", "Float", "String", "Boolean", "ID");

    private final Map<String, Type> types = new LinkedHashMap<>();

    /** The schema beside this class. */
    static Schema ownerclan() {
        try (InputStream in = Schema.class.getResourceAsStream("schema.graphqls")) {
            if (in == null) {
                throw new IllegalStateException("schema.graphqls is missing");
            }
            return new Schema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Schema(String text) {
        BUILT_IN.forEach(name -> types.put(name, new Type(name, Map.of(), Set.of())));
        Tokens tokens = new Tokens(text);
        while (tokens.kind() != Tokens.Kind.END) {
            String kind = tokens.name();
            String name = tokens.name();
            Set<String> values = new TreeSet<>();
            Map<String, Field> fields = new LinkedHashMap<>();
            if (kind.equals("enum")) {
                tokens.expect("{");
                while (!tokens.skip("}")) {
                    values.add(tokens.name());
                }
            } else if (!kind.equals("scalar")) {
                fields = fields(tokens, "{", "}");
            }
            types.put(name, new Type(name, fields, values));
        }
    }

    /** @throws GraphqlException when there is none of that name */
    Type type(String name) {
        Type type = types.get(name);
        if (type == null) {
            throw new GraphqlException("Unknown type \"" + name + "\".");
        }
        return type;
    }

    static Ref ref(Tokens tokens) {
        if (tokens.skip("[")) {
            Ref element = ref(tokens);
            tokens.expect("]");
            return new Ref("", tokens.skip("!"), element);
        }
        String name = tokens.name();
        return new Ref(name, tokens.skip("!"), null);
    }

    private static Map<String, Field> fields(Tokens tokens, String open, String close) {
        Map<String, Field> fields = new LinkedHashMap<>();
        tokens.expect(open);
        while (!tokens.skip(close)) {
            String name = tokens.name();
            Map<String, Field> arguments = tokens.is("(") ? fields(tokens, "(", ")") : Map.of();
            tokens.expect(":");
            fields.put(name, new Field(name, ref(tokens), arguments));
        }
        return fields;
    }
}
