package hub.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The code a market wants for a courier that a supplier names, and the tracking numbers it takes; table
 * {@code couriers.csv}.
 */
@Component
class Couriers {

    private static final String DIGITS = " digits";

    private final Map<String, Map<String, String>> rows = new HashMap<>();

    Couriers() {
        List<String> lines = lines().stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        List<String> columns = List.of(lines.get(0).split(",", -1));
        lines.subList(1, lines.size()).forEach(line -> add(columns, line.split(",", -1)));
    }

    private void add(List<String> columns, String[] cells) {
        Map<String, String> row = new HashMap<>();
        for (int column = 0; column < columns.size(); column++) {
            if (!cells[column].isEmpty()) {
                row.put(columns.get(column), cells[column]);
            }
        }
        List<String> names =
                new ArrayList<>(List.of(row.getOrDefault("also", "").split("\\|", -1)));
        names.remove("");
        names.add(cells[0]);
        for (String name : names) {
            if (rows.put(plain(name), row) != null) {
                throw new IllegalStateException("couriers.csv names " + name + " twice");
            }
        }
    }

    /** Empty for a courier, or a market, that the table does not know. */
    Optional<String> code(String market, String courier) {
        return Optional.ofNullable(row(courier).get(market));
    }

    /** Why a market would refuse a tracking number; empty when it takes it, or the table does not say. */
    Optional<String> problem(String market, String courier, String number) {
        String digits = row(courier).get(market + DIGITS);
        if (digits == null || (number.matches("[0-9]+") && fits(digits, number.length()))) {
            return Optional.empty();
        }
        return Optional.of(market + " takes " + digits.replace("|", " or ") + " digits from courier " + courier
                + ", and the tracking number " + number + " has " + given(number));
    }

    /** {@code 10|12} is one or the other, {@code 8-16} all between. */
    private static boolean fits(String digits, int length) {
        for (String range : digits.split("\\|", -1)) {
            String[] ends = range.split("-", -1);
            if (length >= Integer.parseInt(ends[0]) && length <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    private static String given(String number) {
        int digits = number.replaceAll("[^0-9]", "").length();
        return digits == number.length() ? "" + digits : digits + " digits and other characters";
    }

    private Map<String, String> row(String courier) {
        return rows.getOrDefault(plain(courier), Map.of());
    }

    private static String plain(String name) {
        return name.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }

    private static List<String> lines() {
        try {
            return new ClassPathResource("couriers.csv")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
