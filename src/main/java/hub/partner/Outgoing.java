package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call, from the JSON that a route's jq wrote.
 *
 * <pre>
 * method   GET by default, POST with json, form or files
 * path     appended to the base-url as it is written; nothing of it is encoded here
 * query    {name: value, …}, encoded here, or text that is sent as it is
 * json     the body · form {name: value, …} · files [{part, name, type, key}, …], sent as multipart; see {@link Attachments}
 * headers  {name: value, …}
 * as       json (default), xml or text: how the answer is read; an empty one is read as text only, but for a change
 *          that is answered 204 or 205: that is null
 * charset  utf-8 or euc-kr: how a JSON answer is read, where the partner declares it wrongly
 * items    true where an answer is a page of a catalogue: what of it is no character costs its own item, see
 *          {@link hub.catalog.BrokenByte}, and not the page; the parameter {@code items} of {@code partner:} adds it
 * each     name of the elements below the root of an XML answer that is too large to be held: it is kept on disk and
 *          handed on in pages, see {@link AnswerPages}; without it an answer is one page
 * session  true for a call that needs the session besides the key
 * safe     true for a POST that only reads; a GET always is
 * </pre>
 *
 * <p>What is signed is byte for byte what is sent. Used by one thread.
 */
final class Outgoing {

    private final String method;
    private final String path;
    private final StringBuilder query = new StringBuilder();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final @Nullable Map<String, String> form;
    private final @Nullable JsonNode json;
    private final List<JsonNode> files = new ArrayList<>();
    private final String as;
    private final String each;
    private final String charset;
    private final boolean keepsItems;
    private final boolean safe;
    private final boolean inSession;
    private final Deadline deadline;
    private @Nullable Object proof;

    /** @param deadline when it has to be over */
    Outgoing(JsonNode request, Deadline deadline) {
        this.deadline = deadline;
        this.method = method(request);
        this.path = request.path("path").asText("");
        this.form = request.has("form") ? new LinkedHashMap<>() : null;
        this.json = request.get("json");
        this.as = request.path("as").asText("json");
        this.each = request.path("each").asText("");
        this.charset = request.path("charset").asText("");
        this.keepsItems = request.path("items").asBoolean(false);
        this.safe = isSafe(request);
        this.inSession = request.path("session").asBoolean(false);
        request.path("files").forEach(files::add);
        request.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
        request.path("form")
                .properties()
                .forEach(f -> parameter(f.getKey(), f.getValue().asText()));
        if (request.path("query").isTextual()) {
            query.append(request.path("query").asText());
        }
        if (request.path("query").isObject()) {
            request.path("query")
                    .properties()
                    .forEach(q -> query(q.getKey(), q.getValue().asText()));
        }
    }

    private static String method(JsonNode request) {
        boolean hasBody = request.has("json") || request.has("form") || request.has("files");
        return request.path("method").asText(hasBody ? "POST" : "GET");
    }

    /** Whether it only reads. */
    static boolean isSafe(JsonNode request) {
        return method(request).equals("GET") || request.path("safe").asBoolean(false);
    }

    /** Adds to the form if there is one, else to the query. */
    void parameter(String name, String value) {
        if (form != null) {
            form.put(name, value);
        } else {
            query(name, value);
        }
    }

    private void query(String name, String value) {
        query.append(query.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value));
    }

    void header(String name, String value) {
        headers.put(name, value);
    }

    Deadline deadline() {
        return deadline;
    }

    /** Keeps what proved who we are: a partner may give the same text twice. */
    void provedBy(Object by) {
        proof = by;
    }

    @Nullable
    Object proof() {
        return proof;
    }

    /**
     * The address under a base-url; a base-url that ends with the path already is not given it twice.
     *
     * @throws IllegalArgumentException if the path would go on the name of the host, and so to somebody else
     */
    String url(String baseUrl) {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException("cannot be written: the path of a request begins with /, this one is \""
                    + (path.length() > 60 ? path.substring(0, 60) + "…" : path) + "\"");
        }
        String trimmed = path.replaceAll("/+$", "");
        String address = !trimmed.isEmpty() && baseUrl.endsWith(trimmed) ? baseUrl : baseUrl + path;
        return query.isEmpty() ? address : address + "?" + query;
    }

    String method() {
        return method;
    }

    String query() {
        return query.toString();
    }

    Map<String, String> headers() {
        return headers;
    }

    @Nullable
    Map<String, String> form() {
        return form;
    }

    @Nullable
    JsonNode json() {
        return json;
    }

    List<JsonNode> files() {
        return files;
    }

    String as() {
        return as;
    }

    /** The name of the elements that a page is made of; empty when the answer is one page. */
    String each() {
        return each;
    }

    /** What the characters of a JSON answer really are; empty when it is as declared. */
    String charset() {
        return charset;
    }

    /** Whether what is broken of an answer costs its item only. */
    boolean keepsItems() {
        return keepsItems;
    }

    boolean inSession() {
        return inSession;
    }

    boolean safe() {
        return safe;
    }

    /** Percent-encodes as UTF-8; {@code :} and {@code ,} stay, as the official samples of Coupang write them. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%3A", ":")
                .replace("%2C", ",")
                .replace("%7E", "~");
    }

    /** How long to wait before the same is tried again, when nobody says. */
    static final Duration RETRY = Duration.ofSeconds(5);
}
