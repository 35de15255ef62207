package hub.sandbox.ownerclan;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What can change about an item, as it stands at one time.
 *
 * @param updatedAt milliseconds since 1970
 * @param won the price
 * @param status {@code available}, {@code soldout}, {@code unavailable} or {@code discontinued}
 * @param quantities by option; one entry when there is nothing to choose
 */
record Change(int number, long updatedAt, long won, String status, int[] quantities) {

    /** Short on purpose: a large catalogue keeps very many of these. */
    String text() {
        String all = Arrays.stream(quantities).mapToObj(Integer::toString).collect(Collectors.joining(","));
        return number + "|" + updatedAt + "|" + won + "|" + status + "|" + all;
    }

    static Change of(String text) {
        String[] parts = text.split("\\|", -1);
        int[] quantities = Arrays.stream(parts[4].split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        return new Change(
                Integer.parseInt(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3], quantities);
    }

    boolean available() {
        return status.equals("available");
    }

    Change at(long millis) {
        return new Change(number, millis, won, status, quantities);
    }

    Change priced(long won) {
        return new Change(number, updatedAt, won, status, quantities);
    }

    Change as(String status) {
        return new Change(number, updatedAt, won, status, quantities);
    }

    /** Sold out; nothing is left of any option. */
    Change soldOut() {
        return new Change(number, updatedAt, won, "soldout", new int[quantities.length]);
    }

    Change filled(int quantity) {
        int[] filled = new int[quantities.length];
        Arrays.fill(filled, quantity);
        return new Change(number, updatedAt, won, "available", filled);
    }

    /** Sold out as a whole once nothing is left of any option. */
    Change less(int option, int quantity) {
        if (quantities[option] == Item.PLENTY) {
            return this;
        }
        int[] left = quantities.clone();
        left[option] -= quantity;
        return new Change(number, updatedAt, won, Arrays.stream(left).sum() == 0 ? "soldout" : status, left);
    }
}
