package hub.cache;

/**
 * An answer that is kept.
 *
 * @param stamp the versions its tags had before it was loaded
 * @param loadedAt epoch milliseconds
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
record Entry(byte[] body, boolean nothing, String stamp, long loadedAt) {}
