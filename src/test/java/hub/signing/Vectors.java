package hub.signing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Signatures that others computed; see the {@code source} of each. */
final class Vectors {

    private Vectors() {}

    static JsonNode scheme(String name) {
        try (InputStream file = Vectors.class.getResourceAsStream("/vectors.json")) {
            return new ObjectMapper().readTree(file).path(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The vectors of a scheme, ours and the published ones. */
    static List<JsonNode> of(String scheme) {
        return Stream.of("vectors", "published")
                .flatMap(list -> StreamSupport.stream(scheme(scheme).path(list).spliterator(), false))
                .toList();
    }
}
