package hub.partner;

import org.jspecify.annotations.Nullable;

/**
 * A file as a server of the open internet gave it.
 *
 * @param changed false: it is the one that the conditions name (304), and has no bytes here
 */
public record OpenFile(
        boolean changed,
        byte[] bytes,
        @Nullable String etag,
        @Nullable String lastModified) {}
