package hub.image;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the address of a picture.
 *
 * @param sighting without its bytes
 * @param fresh whether it need not be asked again yet
 */
record Source(
        Sighting sighting, @Nullable String etag, @Nullable String lastModified, boolean fresh) {

    String contentHash() {
        return sighting.contentHash();
    }

    /** With these a server says that nothing changed instead of sending the file. */
    Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        if (etag != null) {
            conditions.put("If-None-Match", etag);
        }
        if (lastModified != null) {
            conditions.put("If-Modified-Since", lastModified);
        }
        return conditions;
    }
}
