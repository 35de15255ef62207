package hub.sandbox;

import java.util.Locale;

/**
 * A courier that suppliers send with, by the code that most partners share, and how long its parcel numbers are.
 *
 * <p>Invented, within the lengths that Coupang's invoice table accepts for each courier (article 360034156033).
 */
public enum Courier {
    CJGLS("CJ대한통운", 12),
    HYUNDAI("롯데택배", 12),
    HANJIN("한진택배", 12),
    KGB("로젠택배", 11),
    EPOST("우체국택배", 13),
    KDEXP("경동택배", 12),
    DAESIN("대신택배", 13),
    ILYANG("일양로지스", 10),
    CHUNIL("천일택배", 11);

    private static final String SEQUENCE = "tracking";

    private final String korean;
    private final int digits;

    Courier(String korean, int digits) {
        this.korean = korean;
        this.digits = digits;
    }

    /** The couriers in turn, as a supplier's orders go. */
    public static Courier of(long number) {
        return values()[(int) Math.floorMod(number, (long) values().length)];
    }

    public String korean() {
        return korean;
    }

    public int digits() {
        return digits;
    }

    /**
     * A parcel number that was never given before, by any courier.
     *
     * @param store of the supplier; it counts, so that a restart gives no number twice
     * @param prefix two digits of the supplier's own, so that no other supplier gives the same
     */
    public String nextNumber(SandboxStore store, String prefix) {
        long next = store.next(SEQUENCE, 1);
        return prefix + String.format(Locale.ROOT, "%0" + (digits - prefix.length()) + "d", next);
    }
}
