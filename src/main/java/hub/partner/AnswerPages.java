package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import javax.xml.stream.XMLStreamException;

/**
 * A large XML answer as pages that look like answers of their own: the root with its attributes, some hundred of its
 * items, and whatever else stands between those. {@code @total} says how many items there are in all pages, and
 * {@code @next} the number of the next page, null on the last.
 *
 * <p>The whole document is read once before the first page: one that is cut short or broken has no page at all. An item
 * that is too large comes with its own attributes only, and with {@code @refused}, the reason. Only one page is held.
 * Of one thread.
 */
final class AnswerPages implements Iterator<JsonNode>, Closeable {

    /** As many as are stored at once, {@code hub.pull.batch} by default. */
    private static final int ITEMS = 500;

    /** Fewer items where they are large. Unit: about bytes of the heap. */
    private static final long PAGE = 8_000_000;

    /** A product is at most 1,000,000 bytes as JSON; what is four times as heavy is none. */
    private static final long ITEM = 4_000_000;

    private final Spool spool;
    private final String each;
    private final String root;
    private final ObjectNode rootAttributes;
    private final XmlElements elements;
    private final long total;
    private long given;
    private int page;
    private boolean ended;

    private AnswerPages(Spool spool, String each, long total, XmlElements elements) {
        this.spool = spool;
        this.each = each;
        this.total = total;
        this.elements = elements;
        this.root = elements.name();
        this.rootAttributes = elements.attributes();
    }

    /**
     * Takes the answer over, and reads it once.
     *
     * @param each name of the elements below the root that are items
     * @throws IOException if it is no XML, or beyond a bound; it is closed then
     */
    static AnswerPages of(Spool spool, String each) throws IOException {
        try {
            long total = count(spool, each);
            return new AnswerPages(spool, each, total, XmlElements.open(spool.read(), true));
        } catch (XMLStreamException | RuntimeException e) { // the parser throws both
            spool.close();
            throw XmlElements.refusal(e);
        } catch (IOException e) {
            spool.close();
            throw e;
        }
    }

    private static long count(Spool spool, String each) throws XMLStreamException, IOException {
        XmlElements elements = XmlElements.open(spool.read(), true);
        long items = 0;
        while (elements.toNextChild()) {
            items += elements.name().equals(each) ? 1 : 0;
            elements.skip();
        }
        elements.finish();
        return items;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public JsonNode next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        try {
            return page(read());
        } catch (XMLStreamException e) {
            throw new UncheckedIOException(XmlElements.refusal(e));
        }
    }

    private ObjectNode read() throws XMLStreamException {
        ObjectNode content = rootAttributes.deepCopy();
        ArrayNode items = content.putArray(each);
        long weight = 0;
        while (!isFull(items.size(), weight)) {
            if (!elements.toNextChild()) {
                ended = true;
                return content;
            }
            elements.weighing(ITEM);
            if (elements.name().equals(each)) {
                items.add(elements.elementOr("@refused"));
                given++;
            } else {
                XmlElements.add(content, elements.name(), elements.elementOr("@refused"));
            }
            weight += elements.weight();
        }
        ended = given == total;
        return content;
    }

    /** The last page takes along what stands behind its items, as far as it can be held. */
    private boolean isFull(int items, long weight) {
        return given < total ? items >= ITEMS || weight >= PAGE : weight >= 2 * PAGE;
    }

    private ObjectNode page(ObjectNode content) {
        page++;
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set(root, content);
        document.put("@total", total);
        document.put("@next", ended ? null : Integer.valueOf(page + 1));
        return document;
    }

    @Override
    public void close() throws IOException {
        ended = true;
        spool.close();
    }
}
