package hub.sandbox.zentrade;

import hub.sandbox.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The parameters of one call, from its query or its form; a broken escape makes a value empty. */
record Parameters(Map<String, String> values) {

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
            return "";
        }
    }
}
