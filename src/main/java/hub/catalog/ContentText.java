package hub.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * JSON as the bytes that Postgres takes: UTF-8 as it is, and a question mark for half of a pair of surrogates and for
 * NUL.
 */
public final class ContentText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final ObjectWriter WRITER = JSON.writer();

    /** The escape of NUL: behind an even number of backslashes, each two of which are one of the text. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*+)\\\\u0000");

    private ContentText() {}

    public static byte[] of(JsonNode json) {
        try {
            byte[] bytes = WRITER.writeValueAsBytes(json);
            return mayHoldWhatIsNone(bytes) ? storable(json.toString()) : bytes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is always written", e);
        }
    }

    static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("what was written as JSON is read as JSON", e);
        }
    }

    private static byte[] storable(String json) {
        return NUL.matcher(json).replaceAll("$1?").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The writer makes an escape of a half and of NUL, which Postgres refuses; or the text itself says so, which does
     * no harm.
     */
    private static boolean mayHoldWhatIsNone(byte[] bytes) {
        for (int i = 0; i < bytes.length - 3; i++) {
            if (bytes[i] == '\\' && bytes[i + 1] == 'u' && isHalfOrNul(bytes[i + 2], bytes[i + 3])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHalfOrNul(byte first, byte second) {
        return first == 'D' || first == 'd' || (first == '0' && second == '0');
    }
}
