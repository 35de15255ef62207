package hub.cache;

/**
 * What a loader found.
 *
 * @param nothing whether there was nothing to find, which counts for a shorter time
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
public record Answer(byte[] body, boolean nothing) {}
