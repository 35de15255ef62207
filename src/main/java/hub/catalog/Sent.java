package hub.catalog;

import org.jspecify.annotations.Nullable;

/**
 * An item as a supplier sent it.
 *
 * @param hash of the item and of what maps it, 16 bytes
 * @param known what was known of its product when it came, as {@link KnownProducts} keeps it; null for nothing
 */
public record Sent(byte[] hash, byte @Nullable [] known) {}
