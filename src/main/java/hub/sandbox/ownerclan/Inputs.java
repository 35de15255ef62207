package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.sandbox.ownerclan.Document.Value;
import hub.sandbox.ownerclan.Schema.Field;
import hub.sandbox.ownerclan.Schema.Ref;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Arguments and variables, held against the schema and turned into JSON; a missing one stays missing. */
final class Inputs {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Schema schema;
    private final Map<String, Document.Variable> declared;
    private final JsonNode given;

    /** @param given the request's {@code variables} */
    Inputs(Schema schema, Map<String, Document.Variable> declared, JsonNode given) {
        this.schema = schema;
        this.declared = declared;
        this.given = given;
        declared.forEach((name, variable) -> {
            check(variable.type());
            if (variable.type().required() && !given.hasNonNull(name) && variable.fallback() instanceof Value.Missing) {
                throw new GraphqlException(
                        "Variable \"$" + name + "\" of required type \"" + variable.type() + "\" was not provided.");
            }
        });
    }

    ObjectNode arguments(Field field, Map<String, Value> written) {
        for (String name : written.keySet()) {
            if (!field.arguments().containsKey(name)) {
                throw new GraphqlException("Unknown argument \"" + name + "\" on field \"" + field.name() + "\".");
            }
        }
        return fields(field.arguments(), written, "argument of \"" + field.name() + "\"");
    }

    private ObjectNode fields(Map<String, Field> known, Map<String, Value> written, String where) {
        ObjectNode values = JSON.createObjectNode();
        for (Field field : known.values()) {
            Value value = written.getOrDefault(field.name(), new Value.Missing());
            boolean missing = value instanceof Value.Missing
                    || (value instanceof Value.Use use && !given.has(use.variable()) && unset(use));
            JsonNode json = missing ? NullNode.getInstance() : json(field.type(), value);
            if (field.type().required() && json.isNull()) {
                throw new GraphqlException("Field \"" + field.name() + "\" of required type \"" + field.type()
                        + "\" was not provided as " + where + ".");
            }
            if (!missing) {
                values.set(field.name(), json);
            }
        }
        return values;
    }

    private boolean unset(Value.Use use) {
        return variable(use).fallback() instanceof Value.Missing;
    }

    private Document.Variable variable(Value.Use use) {
        Document.Variable variable = declared.get(use.variable());
        if (variable == null) {
            throw new GraphqlException("Variable \"$" + use.variable() + "\" is not defined.");
        }
        return variable;
    }

    private JsonNode json(Ref type, Value value) {
        if (value instanceof Value.Use use) {
            Document.Variable variable = variable(use);
            if (!fits(variable, type)) {
                throw new GraphqlException("Variable \"$" + use.variable() + "\" of type \"" + variable.type()
                        + "\" used in position expecting type \"" + type + "\".");
            }
            return given.has(use.variable())
                    ? coerce(type, given.get(use.variable()))
                    : json(type, variable.fallback());
        }
        if (value instanceof Value.Items items && type.element() != null) {
            ArrayNode list = JSON.createArrayNode();
            items.values().forEach(item -> list.add(json(type.element(), item)));
            return list;
        }
        if (value instanceof Value.Fields fields && schema.type(type.name()).object()) {
            Schema.Type input = schema.type(type.name());
            known(input, List.copyOf(fields.values().keySet()));
            return fields(input.fields(), fields.values(), "field of " + input.name());
        }
        if (value instanceof Value.Name name && !type.list()) {
            if (schema.type(type.name()).values().contains(name.name())) {
                return TextNode.valueOf(name.name());
            }
            throw wrong(type, name.name());
        }
        if (value instanceof Value.Plain plain) {
            boolean quotedEnum = !type.list()
                    && plain.json().isTextual()
                    && !schema.type(type.name()).values().isEmpty();
            if (!quotedEnum) {
                return coerce(type, plain.json());
            }
        }
        throw wrong(type, "this");
    }

    private JsonNode coerce(Ref type, JsonNode json) {
        if (json.isNull()) {
            if (type.required()) {
                throw wrong(type, "null");
            }
            return json;
        }
        if (type.element() != null) {
            ArrayNode list = JSON.createArrayNode();
            if (json.isArray()) {
                json.forEach(item -> list.add(coerce(type.element(), item)));
            } else {
                list.add(coerce(type.element(), json));
            }
            return list;
        }
        Schema.Type named = schema.type(type.name());
        if (named.object()) {
            return object(named, json);
        }
        if (!scalar(named, json)) {
            throw wrong(type, json.toString());
        }
        return named.name().equals("ID") ? TextNode.valueOf(json.asText()) : json;
    }

    private ObjectNode object(Schema.Type type, JsonNode json) {
        if (!json.isObject()) {
            throw new GraphqlException("Expected type \"" + type.name() + "\" to be an object.");
        }
        Iterable<String> names = json::fieldNames;
        known(type, names);
        ObjectNode object = JSON.createObjectNode();
        for (Field field : type.fields().values()) {
            JsonNode value = json.path(field.name());
            if (!value.isMissingNode()) {
                object.set(field.name(), coerce(field.type(), value));
            } else if (field.type().required()) {
                throw new GraphqlException(
                        "Field \"" + field.name() + "\" of required type \"" + field.type() + "\" was not provided.");
            }
        }
        return object;
    }

    private static void known(Schema.Type type, Iterable<String> names) {
        for (Iterator<String> each = names.iterator(); each.hasNext(); ) {
            String name = each.next();
            if (!type.fields().containsKey(name)) {
                throw new GraphqlException("Field \"" + name + "\" is not defined by type \"" + type.name() + "\".");
            }
        }
    }

    private static boolean scalar(Schema.Type type, JsonNode json) {
        return switch (type.name()) {
            case "Int" -> json.isIntegralNumber() && json.canConvertToInt();
            case "Timestamp" -> json.isIntegralNumber();
            case "Float" -> json.isNumber();
            case "Boolean" -> json.isBoolean();
            case "ID" -> json.isTextual() || json.isIntegralNumber();
            case "String", "URL" -> json.isTextual();
            case "JSON" -> true;
            default -> json.isTextual() && type.values().contains(json.asText());
        };
    }

    private boolean fits(Document.Variable variable, Ref wanted) {
        Ref type = variable.type();
        boolean filled = type.required() || !(variable.fallback() instanceof Value.Missing);
        return (filled || !wanted.required()) && sameShape(type, wanted);
    }

    private static boolean sameShape(Ref type, Ref wanted) {
        if (type.element() == null || wanted.element() == null) {
            return type.list() == wanted.list() && type.name().equals(wanted.name());
        }
        return (type.element().required() || !wanted.element().required())
                && sameShape(type.element(), wanted.element());
    }

    private void check(Ref type) {
        if (type.element() != null) {
            check(type.element());
        } else {
            schema.type(type.name());
        }
    }

    private static GraphqlException wrong(Ref type, String value) {
        return new GraphqlException("Expected value of type \"" + type + "\", found " + value + ".");
    }
}
