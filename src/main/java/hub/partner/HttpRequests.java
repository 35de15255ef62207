package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.mime.HttpMultipartMode;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/** A call as the HTTP client takes it. */
final class HttpRequests {

    private HttpRequests() {}

    /** Writes one that attaches no file. */
    static HttpUriRequestBase of(Outgoing call, String baseUrl) throws IOException {
        return of(call, baseUrl, Attachments.NONE);
    }

    /**
     * Writes it.
     *
     * @throws IllegalArgumentException if path or query cannot stand in an address; the text does not repeat them
     * @throws IOException if a file that it attaches does not lie there
     */
    static HttpUriRequestBase of(Outgoing call, String baseUrl, Attachments files) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), address(call.url(baseUrl)));
        call.headers().forEach(request::setHeader);
        HttpEntity body = body(call, files);
        if (body != null) {
            request.setEntity(body);
        }
        return request;
    }

    private static URI address(String url) {
        for (int at = 0; at < url.length(); at++) {
            if (url.charAt(at) > '~' || url.charAt(at) == '#') { // it would leave as '?', or cut the address off
                throw notInAnAddress(at, "it has to be percent-encoded, by @uri of jq");
            }
        }
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Without the cause: it repeats the address, and some partners want a key in it.
            throw notInAnAddress(e.getIndex(), e.getReason());
        }
    }

    private static IllegalArgumentException notInAnAddress(int at, String why) {
        return new IllegalArgumentException("cannot be written: character " + at
                + " of the address may not stand there (" + why + "); only query: {…} is encoded");
    }

    private static @Nullable HttpEntity body(Outgoing call, Attachments files) throws IOException {
        if (!call.files().isEmpty()) {
            return multipart(call, files);
        }
        Map<String, String> form = call.form();
        if (form != null) {
            return entity(encoded(form), ContentType.APPLICATION_FORM_URLENCODED.withCharset(StandardCharsets.UTF_8));
        }
        JsonNode json = call.json();
        return json == null ? null : entity(json.toString(), ContentType.APPLICATION_JSON);
    }

    private static HttpEntity entity(String text, ContentType type) {
        return new ByteArrayEntity(text.getBytes(StandardCharsets.UTF_8), type);
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> Outgoing.encode(field.getKey()) + "=" + Outgoing.encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static HttpEntity multipart(Outgoing call, Attachments files) throws IOException {
        MultipartEntityBuilder body = MultipartEntityBuilder.create().setMode(HttpMultipartMode.STRICT);
        for (JsonNode file : call.files()) {
            body.addBinaryBody(
                    file.path("part").asText("file"),
                    files.file(file.path("key").asText()).toFile(),
                    type(file.path("type").asText("application/octet-stream")),
                    file.path("name").asText("file"));
        }
        return body.build();
    }

    private static ContentType type(String mediaType) {
        try {
            return ContentType.parse(mediaType);
        } catch (UnsupportedCharsetException e) {
            throw new IllegalArgumentException("cannot be written: type " + mediaType + " of a file is none", e);
        }
    }
}
