package hub.partner;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/**
 * The elements of an XML document as JSON, one after the other, while it is read.
 *
 * <p>An element is an object, its attributes are {@code @name}, its text is {@code #}, elements of one name are a list
 * when there are several. The declared encoding holds, {@code euc-kr} read as its superset MS949. A document with a DTD
 * is refused, and with it every entity. Depth, attributes, texts and what one element may hold are bounded. Of one
 * thread.
 */
final class XmlElements {

    /** About the heap, in bytes, that an element and an attribute take besides their text; a character takes 2. */
    private static final int ELEMENT = 200;

    private static final int ATTRIBUTE = 100;
    private static final int CHARACTER = 2;

    private static final int HEAD = 200;
    private static final Pattern ENCODING =
            Pattern.compile("encoding\\s*=\\s*[\"']([^\"']+)[\"']", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIMIT = Pattern.compile("limit \\(\\d+\\) exceeded", Pattern.CASE_INSENSITIVE);
    private static final WstxInputFactory XML = xml();

    private final XMLStreamReader2 reader;
    private long weight;
    private long most = Long.MAX_VALUE;

    private XmlElements(XMLStreamReader2 reader) {
        this.reader = reader;
    }

    /** An element that holds more than it may. */
    private static final class OverweightException extends XMLStreamException {

        private static final long serialVersionUID = 1L;

        OverweightException() {
            super("an element that holds too much");
        }
    }

    /**
     * Reads up to the root.
     *
     * @param marked whether bytes that are no character are read as {@link hub.catalog.BrokenByte#MARK}; else they end
     *     it
     */
    static XmlElements open(InputStream in, boolean marked) throws XMLStreamException, IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, 64 * 1024);
        Reader characters = DeclaredCharset.reader(bytes, encoding(bytes), marked);
        XmlElements document = new XmlElements((XMLStreamReader2) XML.createXMLStreamReader(characters));
        document.toRoot();
        return document;
    }

    private void toRoot() throws XMLStreamException {
        while (reader.next() != XMLStreamConstants.START_ELEMENT) {
            if (reader.getEventType() == XMLStreamConstants.DTD) {
                throw new XMLStreamException("it declares a document type, which is never read");
            }
        }
    }

    /** The name of the element that is read now, without its prefix. */
    String name() {
        return reader.getLocalName();
    }

    /** Goes to the next element below the root; false when the root ends. */
    boolean toNextChild() throws XMLStreamException {
        int event = reader.next();
        while (event != XMLStreamConstants.START_ELEMENT) {
            if (event == XMLStreamConstants.END_ELEMENT) {
                return false;
            }
            event = reader.next();
        }
        return true;
    }

    /** Reads to the end of the element that is read now, and keeps nothing of it. */
    void skip() throws XMLStreamException {
        skipTo(reader.getDepth());
    }

    private void skipTo(int depth) throws XMLStreamException {
        while (reader.getEventType() != XMLStreamConstants.END_ELEMENT || reader.getDepth() > depth) {
            reader.next();
        }
    }

    /** Reads to the end of the document, which proves that it is one. */
    void finish() throws XMLStreamException {
        while (reader.hasNext()) {
            reader.next();
        }
    }

    /** What the elements weighed that were read since {@link #weighing}. Unit: about bytes of the heap. */
    long weight() {
        return weight;
    }

    /** Lets what is read from now on weigh so much, all together. Unit: about bytes of the heap. */
    void weighing(long most) {
        this.weight = 0;
        this.most = most;
    }

    /**
     * The element that is read now, with all that is in it.
     *
     * @throws XMLStreamException also if it weighs more than it may
     */
    ObjectNode element() throws XMLStreamException {
        return fill(attributes());
    }

    /**
     * The element that is read now, or, if it weighs more than it may, its attributes only, and in {@code refusal} why.
     */
    ObjectNode elementOr(String refusal) throws XMLStreamException {
        int depth = reader.getDepth();
        ObjectNode element = attributes();
        try {
            return fill(element);
        } catch (OverweightException e) {
            skipTo(depth);
            ObjectNode attributes = JsonNodeFactory.instance.objectNode();
            element.properties().stream()
                    .filter(field -> field.getKey().startsWith("@"))
                    .forEach(field -> attributes.set(field.getKey(), field.getValue()));
            return attributes.put(refusal, "it is larger than " + most / CHARACTER + " characters");
        }
    }

    /** The attributes of the element that is read now. */
    ObjectNode attributes() {
        ObjectNode element = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String value = reader.getAttributeValue(i);
            weight += ATTRIBUTE + (long) CHARACTER * value.length();
            element.put("@" + reader.getAttributeLocalName(i), value);
        }
        return element;
    }

    private ObjectNode fill(ObjectNode element) throws XMLStreamException {
        weigh(ELEMENT);
        StringBuilder text = new StringBuilder();
        for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                add(element, reader.getLocalName(), fill(attributes()));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                weigh((long) CHARACTER * reader.getTextLength());
                text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
            }
        }
        String trimmed = text.toString().trim();
        if (!trimmed.isEmpty()) {
            element.put("#", trimmed);
        }
        return element;
    }

    private void weigh(long bytes) throws OverweightException {
        weight += bytes;
        if (weight > most) {
            throw new OverweightException();
        }
    }

    /** Puts an element into its parent; those of one name become a list. */
    static void add(ObjectNode parent, String name, JsonNode child) {
        JsonNode before = parent.get(name);
        if (before == null) {
            parent.set(name, child);
        } else if (before instanceof ArrayNode list) {
            list.add(child);
        } else {
            parent.set(name, JsonNodeFactory.instance.arrayNode().add(before).add(child));
        }
    }

    /** What is wrong with a document, from what its parser threw: beyond a bound, or no XML. */
    static IOException refusal(Exception e) {
        String why = String.valueOf(e.getMessage());
        if (e instanceof OverweightException || LIMIT.matcher(why).find()) {
            return new AnswerRefusedException(
                    "shape",
                    "its XML is deeper, longer or has more parts than any page of a partner (" + why
                            + "); ask for less at once, or have it cut (each)");
        }
        return new IOException("not XML: " + why, e);
    }

    private static Charset encoding(BufferedInputStream bytes) throws IOException {
        bytes.mark(HEAD);
        String head = new String(bytes.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        bytes.reset();
        Matcher declared = ENCODING.matcher(head);
        return declared.find() && DeclaredCharset.isKorean(declared.group(1))
                ? Charset.forName(DeclaredCharset.KOREAN)
                : StandardCharsets.UTF_8;
    }

    private static WstxInputFactory xml() {
        WstxInputFactory factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        // A text comes in pieces: one of 64 MB is never held before it is refused.
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, AnswerReader.MAX_DEPTH);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 100);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 20_000);
        return factory;
    }
}
