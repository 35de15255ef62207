package hub.partner;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Answers as JSON, whatever they came as.
 *
 * <p>XML: an element is an object, its attributes are {@code @name}, its text is {@code #}, elements of one name are a
 * list when there are several; the root stands under its own name. The declared encoding holds, {@code euc-kr} read as
 * its superset MS949. Entities and external documents are off. Bounded in depth; thread-safe.
 */
final class AnswerReader {

    private static final int MAX_DEPTH = 64;

    /** A page of 1000 items with options is a tenth of it; as nodes it fills about 100 MB of the heap. */
    private static final int MOST_TOKENS = 2_000_000;

    private static final JsonMapper JSON = JsonMapper.builder(new com.fasterxml.jackson.core.JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(32)
                            .maxStringLength(4_000_000)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final XMLInputFactory XML = xml();
    private static final Pattern EUC_KR =
            Pattern.compile("encoding\\s*=\\s*[\"'](euc-kr|ks_c_5601-1987)[\"']", Pattern.CASE_INSENSITIVE);

    private AnswerReader() {}

    /** @throws IOException if the body is not what {@code as} says, such as an HTML page */
    static JsonNode read(byte[] body, String as) throws IOException {
        return switch (as) {
            case "json" -> json(body);
            case "xml" -> xml(body);
            default -> new TextNode(new String(body, StandardCharsets.UTF_8));
        };
    }

    private static JsonNode json(byte[] body) throws IOException {
        JsonNode answer = body.length == 0 ? null : parsed(body);
        if (answer == null || answer.isMissingNode()) {
            throw new IOException("the answer is empty");
        }
        return answer;
    }

    private static JsonNode parsed(byte[] body) throws IOException {
        try {
            return JSON.readTree(body);
        } catch (StreamConstraintsException e) {
            throw new AnswerRefusedException(
                    "shape",
                    "its JSON is deeper, longer or has more parts than any page of a partner (" + e.getOriginalMessage()
                            + "); ask for less at once");
        }
    }

    private static JsonNode xml(byte[] body) throws IOException {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(body), encoding(body));
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                // what stands before the root says nothing
            }
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.set(reader.getLocalName(), element(reader, 1));
            return document;
        } catch (XMLStreamException | RuntimeException e) { // the parser of the JDK throws both
            throw new IOException("not XML: " + e.getMessage(), e);
        }
    }

    private static ObjectNode element(XMLStreamReader reader, int depth) throws XMLStreamException {
        if (depth > MAX_DEPTH) {
            throw new XMLStreamException("deeper than " + MAX_DEPTH);
        }
        ObjectNode element = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.put("@" + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        StringBuilder text = new StringBuilder();
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                add(element, reader.getLocalName(), element(reader, depth + 1));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            }
        }
        String trimmed = text.toString().trim();
        if (!trimmed.isEmpty()) {
            element.put("#", trimmed);
        }
        return element;
    }

    private static void add(ObjectNode parent, String name, JsonNode child) {
        JsonNode before = parent.get(name);
        if (before == null) {
            parent.set(name, child);
        } else if (before instanceof ArrayNode list) {
            list.add(child);
        } else {
            parent.set(name, JsonNodeFactory.instance.arrayNode().add(before).add(child));
        }
    }

    private static String encoding(byte[] body) {
        String head = new String(body, 0, Math.min(body.length, 200), StandardCharsets.ISO_8859_1);
        return EUC_KR.matcher(head).find() ? "MS949" : "UTF-8";
    }

    private static XMLInputFactory xml() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
