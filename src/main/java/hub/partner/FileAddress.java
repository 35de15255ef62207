package hub.partner;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The address of a file as suppliers write it: with spaces, Korean letters, or without its scheme. */
final class FileAddress {

    /** What may stand in an address as it is. Source: RFC 3986, section 2; a percent sign is taken for an escape. */
    private static final String PLAIN = "-._~:/?#@!$&'()*+,;=%";

    private FileAddress() {}

    /** @throws FileRefusedException if it is no address of http or https */
    static URI of(String text) throws FileRefusedException {
        String trimmed = text.trim();
        try {
            URI address = new URI(escaped(trimmed.startsWith("//") ? "https:" + trimmed : trimmed));
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (address.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return address;
            }
        } catch (URISyntaxException e) {
            // refused below, like an address without a host
        }
        throw new FileRefusedException("it is no address of http or https with a host");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int code = Byte.toUnsignedInt(octet);
            boolean plain = code < 128 && (Character.isLetterOrDigit(code) || PLAIN.indexOf(code) >= 0);
            escaped.append(
                    plain || code == '[' || code == ']' ? String.valueOf((char) code) : "%%%02X".formatted(code));
        }
        return escaped.toString();
    }
}
