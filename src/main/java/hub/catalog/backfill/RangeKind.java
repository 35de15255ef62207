package hub.catalog.backfill;

import java.util.Arrays;

/** By what a range of a supplier's catalogue can be asked for. */
public enum RangeKind {
    /** Not at all. */
    NONE(""),
    /** By the time of the last change. */
    TIME("time"),
    /** By the numbers of its pages. */
    PAGES("pages");

    private final String label;

    RangeKind(String label) {
        this.label = label;
    }

    /** As routes name it. */
    public static RangeKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "range=" + label + " of a pull; allowed are time, pages, or nothing"));
    }
}
