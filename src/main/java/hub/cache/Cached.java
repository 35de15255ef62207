package hub.cache;

import java.time.Duration;

/**
 * An answer and how fresh it is.
 *
 * @param age since it was loaded
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record Cached(byte[] body, Duration age, Source source) {

    /** Where an answer came from. */
    public enum Source {
        /** The memory of this process. */
        LOCAL,
        /** Redis. */
        SHARED,
        /** Loaded now. */
        LOADED,
        /** Loaded now for somebody else, who was first to ask. */
        JOINED,
        /** Too old; another is being loaded meanwhile. */
        REFRESHING,
        /** Outdated; loading it again failed. */
        STALE
    }
}
