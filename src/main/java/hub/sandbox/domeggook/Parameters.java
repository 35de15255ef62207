package hub.sandbox.domeggook;

import hub.sandbox.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The parameters of one call, decoded from its query and its form; of a name given twice the last one counts. */
record Parameters(Map<String, String> values) {

    /** @throws RefusedException when an escape is broken */
    static Parameters of(Request request) {
        Map<String, String> values = new LinkedHashMap<>();
        decode(request.query(), values);
        String type = request.headers().getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/x-www-form-urlencoded")) {
            decode(new String(request.body(), StandardCharsets.UTF_8), values);
        }
        return new Parameters(values);
    }

    /** Empty when the parameter is missing. */
    String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** @throws RefusedException when it is not a whole number from {@code least} to {@code most} */
    int number(String name, int fallback, int least, int most) {
        String text = text(name);
        if (text.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw invalid(name);
        }
        throw invalid(name);
    }

    /** The fields {@code item[<goods number>]} of an order, by goods number. */
    Map<String, String> items() {
        Map<String, String> items = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith("item[") && name.endsWith("]")) {
                items.put(name.substring("item[".length(), name.length() - 1), value);
            }
        });
        return items;
    }

    static RefusedException invalid(String name) {
        return new RefusedException("INVALID_PARAM", name + " 값이 올바르지 않습니다.");
    }

    private static void decode(String encoded, Map<String, String> into) {
        for (String pair : encoded.split("&", 0)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                into.put(plain(pair.substring(0, equals)), plain(pair.substring(equals + 1)));
            }
        }
    }

    private static String plain(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("INVALID_PARAM", "인코딩이 올바르지 않습니다.");
        }
    }
}
