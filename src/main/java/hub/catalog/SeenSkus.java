package hub.catalog;

import java.util.Arrays;

/**
 * The skus of one pull as sorted 64-bit hashes: 8 MB for a million of them.
 *
 * <p>Two skus with one hash make a missing product look present, never the other way round.
 */
final class SeenSkus {

    private long[] hashes = new long[1024];
    private int size;
    private boolean sorted = true;

    void add(String sku) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
        }
        hashes[size++] = hash(sku);
        sorted = false;
    }

    boolean contains(String sku) {
        if (!sorted) {
            Arrays.sort(hashes, 0, size);
            sorted = true;
        }
        return Arrays.binarySearch(hashes, 0, size, hash(sku)) >= 0;
    }

    private static long hash(String sku) {
        long hash = 0xcbf29ce484222325L; // FNV-1a, 64 bits
        for (int i = 0; i < sku.length(); i++) {
            hash = (hash ^ sku.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
