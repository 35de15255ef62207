package hub.catalog;

/**
 * The skus of one pull as 64-bit hashes: 16 MB for a million of them.
 *
 * <p>Two skus with one hash make a missing product look present, never the other way round. Used under the lock of its
 * {@link Pull}.
 */
final class SeenSkus {

    /** A slot with 0 is free, so no hash may be 0. */
    private long[] slots = new long[1024];

    private int size;

    /** Adds a sku; answers whether it was not there. */
    boolean add(String sku) {
        if (size * 2 >= slots.length) {
            grow();
        }
        int slot = slot(slots, hash(sku));
        if (slots[slot] != 0) {
            return false;
        }
        slots[slot] = hash(sku);
        size++;
        return true;
    }

    int size() {
        return size;
    }

    boolean contains(String sku) {
        return slots[slot(slots, hash(sku))] != 0;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long hash : slots) {
            if (hash != 0) {
                larger[slot(larger, hash)] = hash;
            }
        }
        slots = larger;
    }

    /** Where a hash is, or the free slot where it would be. */
    private static int slot(long[] slots, long hash) {
        int slot = (int) (hash ^ hash >>> 32) & slots.length - 1;
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private static long hash(String sku) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
        for (int i = 0; i < sku.length(); i++) {
            hash = (hash ^ sku.charAt(i)) * 0x100000001b3L;
        }
        return hash == 0 ? 1 : hash;
    }
}
