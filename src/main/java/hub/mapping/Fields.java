package hub.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The typed, bounded reading of one field of a mapped item. A value is refused, never repaired.
 *
 * <p>Whole numbers are JSON integers, decimals without a fraction (Ownerclan's Float prices) or ASCII digits in text:
 * {@code Long.parseLong} would take full-width digits, and {@code 1e20000000} takes seconds as a decimal.
 */
final class Fields {

    private static final long MOST_WON = 10_000_000_000L;

    private Fields() {}

    /** Whole won between 1 and {@code 10^10}. */
    static long won(JsonNode item, String field, String path) {
        long won = whole(item.path(field), path);
        if (won < 1 || won > MOST_WON) {
            throw refuse(path, "a price is between 1 and 10,000,000,000 won", item.path(field));
        }
        return won;
    }

    /** Whole won between 0 and {@code 10^10}, or nothing. */
    static void feeOrNothing(JsonNode item, String field, String path) {
        JsonNode value = item.path(field);
        long won = isNothing(value) ? 0 : whole(value, path);
        if (won < 0 || won > MOST_WON) {
            throw refuse(path, "a fee or lowest price is between 0 and 10,000,000,000 won", value);
        }
    }

    /** True, false or nothing. */
    static void flagOrNothing(JsonNode item, String field) {
        JsonNode value = item.path(field);
        if (!isNothing(value) && !value.isBoolean()) {
            throw refuse(field, "true or false is required, not a text or a number", value);
        }
    }

    static boolean isNothing(JsonNode value) {
        return value.isNull() || value.isMissingNode();
    }

    /** Pieces, 0 to {@code 10^9 - 1}; null when the item does not say. */
    static @Nullable Integer pieces(JsonNode item, String field, String path) {
        if (isNothing(item.path(field))) {
            return null;
        }
        long pieces = whole(item.path(field), path);
        if (pieces < 0 || pieces > 999_999_999) {
            throw refuse(path, "a stock is between 0 and 999,999,999 pieces", item.path(field));
        }
        return (int) pieces;
    }

    /** Text of 1 to {@code max} characters without unpaired surrogates or NUL. */
    static String text(JsonNode item, String field, String path, int max) {
        JsonNode value = item.path(field);
        String text =
                value.isTextual() || value.isIntegralNumber() ? value.asText().trim() : "";
        if (text.isEmpty() || text.length() > max) {
            throw refuse(path, "text of 1 to " + max + " characters is required", value);
        }
        if (!isStorable(text)) {
            throw refuse(path, "the text holds characters that are none (a half pair or NUL)", value);
        }
        return text;
    }

    /** Whether Postgres can keep it as it is: no unpaired surrogates, no NUL. */
    static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                return false;
            }
            i += pair ? 1 : 0;
        }
        return true;
    }

    private static long whole(JsonNode value, String path) {
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.asLong();
        }
        if (value.isFloatingPointNumber() && Math.abs(value.asDouble()) < 1e15 && value.asDouble() % 1 == 0) {
            return (long) value.asDouble();
        }
        if (value.isTextual() && value.asText().length() <= 10 && digits(value.asText())) {
            return Long.parseLong(value.asText());
        }
        throw refuse(path, "a whole number in plain digits is required", value);
    }

    private static boolean digits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    static ItemRefusedException refuse(String path, String reason, JsonNode value) {
        return new ItemRefusedException(
                path,
                reason,
                value.toString(),
                "mend the mapping of " + path + ", or ask the supplier; the item is tried again on every pull");
    }
}
