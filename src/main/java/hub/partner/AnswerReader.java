package hub.partner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;

/**
 * Answers as JSON, whatever they came as. The root of an XML document stands under its own name; of its elements see
 * {@link XmlElements}. Bounded in depth and in what it may hold; thread-safe.
 */
final class AnswerReader {

    static final int MAX_DEPTH = 64;

    /** A page of 1000 items with options is a tenth of it; as nodes it fills about 100 MB of the heap. */
    private static final int MOST_TOKENS = 2_000_000;

    /** The same of an XML document, in about bytes of the heap; a larger one is cut, see {@link AnswerPages}. */
    private static final long MOST_WEIGHT = 100_000_000;

    /** So that a number that is none leaves its own item out, whose fields are bounded, and not the whole page. */
    private static final int MOST_DIGITS = 1_000;

    private static final JsonMapper JSON = JsonMapper.builder(new com.fasterxml.jackson.core.JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MOST_DIGITS)
                            .maxStringLength(4_000_000)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private AnswerReader() {}

    /**
     * Reads an answer as its call says: {@code json}, in the characters that the call or else its Content-Type
     * declares; {@code xml}, which declares its own; or text.
     *
     * @throws IOException if the body is not that, such as an HTML page
     */
    static JsonNode read(Incoming answer, Outgoing call) throws IOException {
        DeclaredCharset declared = call.charset().isEmpty() ? answer.charset() : DeclaredCharset.named(call.charset());
        return read(answer.body(), call.as(), declared, call.keepsItems());
    }

    /** The same of an answer to a call that says no more than {@code as}. */
    static JsonNode read(Incoming answer, String as) throws IOException {
        return read(answer.body(), as, answer.charset(), false);
    }

    /** The same of bytes that nothing is declared of. */
    static JsonNode read(byte[] body, String as) throws IOException {
        return read(body, as, DeclaredCharset.of(null), false);
    }

    private static JsonNode read(byte[] body, String as, DeclaredCharset declared, boolean marked) throws IOException {
        return switch (as) {
            case "json" -> json(body, declared, marked);
            case "xml" -> xml(body, marked);
            default -> new TextNode(new String(body, StandardCharsets.UTF_8));
        };
    }

    private static JsonNode json(byte[] body, DeclaredCharset declared, boolean marked) throws IOException {
        JsonNode answer = body.length == 0 ? null : parsed(body, declared, marked);
        if (answer == null || answer.isMissingNode()) {
            throw new IOException("the answer is empty");
        }
        return answer;
    }

    private static JsonNode parsed(byte[] body, DeclaredCharset declared, boolean marked) throws IOException {
        try {
            return declared.isUtf8() ? JSON.readTree(body) : JSON.readTree(characters(body, declared, false));
        } catch (StreamConstraintsException e) {
            throw beyond(e.getOriginalMessage());
        } catch (JsonProcessingException | CharacterCodingException e) {
            int broken = declared.firstBroken(body);
            if (broken < 0) {
                throw e;
            }
            return marked ? marked(body, declared, broken) : refused(body, declared, broken);
        }
    }

    /** What is broken of it is marked: it costs its own item, and not the page. */
    private static JsonNode marked(byte[] body, DeclaredCharset declared, int broken) throws IOException {
        try {
            return JSON.readTree(characters(body, declared, true));
        } catch (StreamConstraintsException e) {
            throw beyond(e.getOriginalMessage());
        } catch (JsonProcessingException e) { // it stands where no text does
            return refused(body, declared, broken);
        }
    }

    private static JsonNode refused(byte[] body, DeclaredCharset declared, int broken) throws IOException {
        throw declared.broken(body, broken);
    }

    private static Reader characters(byte[] body, DeclaredCharset declared, boolean marked)
            throws AnswerRefusedException {
        return DeclaredCharset.reader(new ByteArrayInputStream(body), declared.required(), marked);
    }

    private static AnswerRefusedException beyond(String bound) {
        return new AnswerRefusedException(
                "shape",
                bound.startsWith("Number ")
                        ? "a number in its JSON has more than " + MOST_DIGITS
                                + " digits; ask the partner to mend it, the page is read again until then"
                        : "its JSON is deeper, longer or has more parts than any page of a partner (" + bound
                                + "); ask for less at once");
    }

    private static JsonNode xml(byte[] body, boolean marked) throws IOException {
        try {
            XmlElements reader = XmlElements.open(new ByteArrayInputStream(body), marked);
            reader.weighing(MOST_WEIGHT);
            ObjectNode document = JsonNodeFactory.instance.objectNode();
            document.set(reader.name(), reader.element());
            return document;
        } catch (XMLStreamException | RuntimeException e) { // the parser throws both
            throw XmlElements.refusal(e);
        }
    }
}
