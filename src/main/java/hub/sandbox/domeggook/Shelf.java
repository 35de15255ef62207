package hub.sandbox.domeggook;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The numbers of the goods that a search finds, one bit each, counted by blocks so that any page of a million is found
 * at once. Not thread-safe.
 */
final class Shelf {

    private static final int BLOCK = 1024;

    private final BitSet bits = new BitSet();
    private final int[] counts;
    private int size;

    /** @param goods how many goods there are, found or not */
    Shelf(int goods) {
        this.counts = new int[goods / BLOCK + 1];
    }

    void put(int number, boolean found) {
        if (bits.get(number) == found) {
            return;
        }
        bits.set(number, found);
        int change = found ? 1 : -1;
        counts[number / BLOCK] += change;
        size += change;
    }

    int size() {
        return size;
    }

    /** The number at a position from 0 to {@link #size()} - 1, ascending. */
    int at(int position) {
        int before = 0;
        int block = 0;
        while (before + counts[block] <= position) {
            before += counts[block++];
        }
        int number = bits.nextSetBit(block * BLOCK);
        for (; before < position; before++) {
            number = bits.nextSetBit(number + 1);
        }
        return number;
    }

    IntStream numbers() {
        return bits.stream();
    }
}
