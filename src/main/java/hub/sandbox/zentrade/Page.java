package hub.sandbox.zentrade;

import hub.sandbox.SandboxClock;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** An XML page under construction, written as MS949 bytes from the first character on. */
final class Page implements Closeable {

    /** Declared as euc-kr; MS949 is the superset that Korean pages really use. */
    static final Charset CHARSET = Charset.forName("MS949");

    static final String PRODUCTS = "ZENTRADE XML 1.0";
    static final String ORDERS = "ZENTRADE ORDER XML 1.0";

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Writer out = new OutputStreamWriter(bytes, CHARSET);

    Page(String version, Instant at) {
        raw("<?xml version=\"1.0\" encoding=\"euc-kr\"?>\n<zentrade");
        attribute("version", version).attribute("datetime", korean(at)).raw(">\n");
    }

    Page raw(String xml) {
        try {
            out.write(xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Page attribute(String name, String value) {
        return raw(" " + name + "=\"" + escaped(value) + "\"");
    }

    /** An element on a line of its own, its text padded with blanks as Zentrade does. */
    Page cdata(String indent, String name, String text) {
        return raw(indent + "<" + name + ">").cdata(text).raw("</" + name + ">\n");
    }

    Page cdata(String text) {
        return raw("<![CDATA[ ").raw(text.replace("]]>", "]] >")).raw(" ]]>");
    }

    /** The whole page; nothing can be added any more. */
    byte[] finish() {
        raw("</zentrade>\n");
        close();
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String korean(Instant at) {
        return SECONDS.format(ZonedDateTime.ofInstant(at, SandboxClock.KST));
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
