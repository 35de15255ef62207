package hub.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;

/** JSON as the bytes that Postgres takes: UTF-8 as it is, and a question mark for half of a pair of surrogates. */
public final class ContentText {

    private static final ObjectWriter WRITER = JsonMapper.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build()
            .writer();

    private ContentText() {}

    public static byte[] of(JsonNode json) {
        try {
            byte[] bytes = WRITER.writeValueAsBytes(json);
            return mayHoldHalfAPair(bytes) ? json.toString().getBytes(StandardCharsets.UTF_8) : bytes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON is always written", e);
        }
    }

    /** The writer makes an escape of a half, which Postgres refuses; or the text itself says so, which does no harm. */
    private static boolean mayHoldHalfAPair(byte[] bytes) {
        for (int i = 0; i < bytes.length - 2; i++) {
            if (bytes[i] == '\\' && bytes[i + 1] == 'u' && (bytes[i + 2] == 'D' || bytes[i + 2] == 'd')) {
                return true;
            }
        }
        return false;
    }
}
