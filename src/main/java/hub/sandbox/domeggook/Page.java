package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;

/**
 * One page of a result.
 *
 * @param total how many things there are on all pages
 * @param number from 1 on
 * @param size how many things a full page holds
 */
record Page(int total, int number, int size) {

    /** Positions of the things of this page in the whole result, from 0 on. */
    int[] positions() {
        long first = Math.min((long) (number - 1) * size, total);
        long end = Math.min(first + size, total);
        return IntStream.range((int) first, (int) end).toArray();
    }

    ObjectNode header(Loose loose) {
        ObjectNode header = Loose.object();
        header.set("numberOfItems", loose.number(total));
        header.set("currentPage", loose.number(number));
        header.set("numberOfPages", loose.number(pages()));
        return header;
    }

    int pages() {
        return (total + size - 1) / size;
    }
}
