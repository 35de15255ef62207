package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.sandbox.ownerclan.Document.Selection;
import hub.sandbox.ownerclan.Schema.Field;
import hub.sandbox.ownerclan.Schema.Ref;
import java.util.List;

/** Answers a document: all of it is checked before any of it is done. Thread-safe. */
final class Execution {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Computes one field of Query or Mutation, with every field that its type has. */
    interface Root {
        /**
         * The value of {@code field}.
         *
         * @throws GraphqlException for the field's entry in {@code errors}
         */
        JsonNode value(String field, ObjectNode arguments);
    }

    private final Schema schema;

    Execution(Schema schema) {
        this.schema = schema;
    }

    /** The whole answer, {@code errors} first when there are some. */
    ObjectNode run(Document document, JsonNode variables, Root root) {
        Inputs inputs = new Inputs(schema, document.variables(), variables);
        Schema.Type type = schema.type(document.kind());
        check(document, inputs, type, document.selections());
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode errors = JSON.createArrayNode();
        ObjectNode data = JSON.createObjectNode();
        for (Selection selection : document.selections()) {
            try {
                data.set(selection.alias(), value(inputs, type, selection, root));
            } catch (GraphqlException e) {
                errors.add(e.entry(selection.alias()));
                data.putNull(selection.alias());
            }
        }
        if (!errors.isEmpty()) {
            answer.set("errors", errors);
        }
        boolean nothing = errors.size() == document.selections().size();
        answer.set("data", nothing ? NullNode.getInstance() : data);
        return answer;
    }

    private JsonNode value(Inputs inputs, Schema.Type type, Selection selection, Root root) {
        Field field = type.fields().get(selection.name());
        if (field == null) {
            return TextNode.valueOf(type.name());
        }
        JsonNode whole = root.value(field.name(), inputs.arguments(field, selection.arguments()));
        return part(field.type(), selection, whole);
    }

    private void check(Document document, Inputs inputs, Schema.Type type, List<Selection> selections) {
        for (Selection selection : selections) {
            if (selection.name().equals("__typename")) {
                continue;
            }
            Field field = type.fields().get(selection.name());
            if (field == null) {
                throw document.tokens()
                        .error(
                                "Cannot query field \"" + selection.name() + "\" on type \"" + type.name() + "\".",
                                selection.at());
            }
            inputs.arguments(field, selection.arguments());
            Schema.Type inner = schema.type(named(field.type()));
            if (inner.object() == selection.selections().isEmpty()) {
                throw document.tokens()
                        .error(
                                "Field \"" + field.name() + "\" of type \"" + field.type() + "\" must "
                                        + (inner.object() ? "" : "not ") + "have a selection of subfields.",
                                selection.at());
            }
            check(document, inputs, inner, selection.selections());
        }
    }

    private JsonNode part(Ref type, Selection selection, JsonNode whole) {
        if (whole.isNull() || whole.isMissingNode()) {
            return NullNode.getInstance();
        }
        if (type.element() != null) {
            ArrayNode list = JSON.createArrayNode();
            whole.forEach(item -> list.add(part(type.element(), selection, item)));
            return list;
        }
        if (selection.selections().isEmpty()) {
            return whole;
        }
        Schema.Type object = schema.type(type.name());
        ObjectNode part = JSON.createObjectNode();
        for (Selection inner : selection.selections()) {
            Field field = object.fields().get(inner.name());
            part.set(
                    inner.alias(),
                    field == null
                            ? TextNode.valueOf(object.name())
                            : part(field.type(), inner, whole.path(inner.name())));
        }
        return part;
    }

    private static String named(Ref type) {
        return type.element() == null ? type.name() : named(type.element());
    }
}
