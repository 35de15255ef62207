package hub.catalog.search;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ValueRange;
import java.util.Base64;
import java.util.Objects;

/**
 * Behind which product a page begins; opaque to the caller.
 *
 * @param value of the column that is sorted by: an instant, or whole won
 */
record Mark(Sort sort, String value, String supplier, String sku) {

    private static final String APART = "\n";
    private static final int PARTS = 4;
    private static final ValueRange FOUR_DIGITS = ValueRange.of(0, 9999);

    static Mark of(Sort sort, Found last) {
        String value = sort.byPrice()
                ? Objects.requireNonNull(last.priceWon()).toString()
                : last.createdAt().toString();
        return new Mark(sort, value, last.supplier(), last.sku());
    }

    String text() {
        String all = String.join(APART, sort.given, value, supplier, sku);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.getBytes(StandardCharsets.UTF_8));
    }

    static Mark read(String text, Sort sort) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(APART, PARTS);
            if (parts.length != PARTS
                    || text.indexOf('\0') >= 0
                    || parts[2].indexOf('\0') >= 0
                    || parts[3].indexOf('\0') >= 0) {
                throw unreadable();
            }
            if (!parts[0].equals(sort.given)) {
                throw new SearchRefusedException(
                        "after", "it belongs to sort=" + parts[0], "keep sort as it was, or leave after away");
            }
            Mark mark = new Mark(sort, parts[1], parts[2], parts[3]);
            mark.bound();
            return mark;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unreadable();
        }
    }

    /**
     * As Postgres compares it, which knows no year that takes more digits.
     *
     * @throws DateTimeException if it is no time of the years 0 to 9999
     */
    Object bound() {
        if (sort.byPrice()) {
            return Long.valueOf(value);
        }
        OffsetDateTime time = Instant.parse(value).atOffset(ZoneOffset.UTC);
        FOUR_DIGITS.checkValidValue(time.getYear(), ChronoField.YEAR);
        return time;
    }

    private static SearchRefusedException unreadable() {
        return new SearchRefusedException(
                "after", "it is no mark of a page", "take next of the page before as it is, or leave after away");
    }
}
