package hub.sandbox.ownerclan;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GraphQL text, token by token. */
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile(
            "(?:[\\s,\\uFEFF]|#[^\\n\\r]*)*+(?:(?<name>[_A-Za-z][_0-9A-Za-z]*)|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)"
                    + "|(?<block>\"\"\"(?s:.*?)\"\"\")|(?<string>\"(?:[^\"\\\\\\n]|\\\\.)*+\")|(?<sign>\\.\\.\\.|[!$()&:=@\\[\\]{|}])|(?<end>\\z))");

    /** What a token is. */
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        SIGN,
        END
    }

    private final String text;
    private final Matcher matcher;
    private Kind kind = Kind.END;
    private String value = "";
    private int at;

    /** @throws GraphqlException at the first thing that is no token */
    Tokens(String text) {
        this.text = text;
        this.matcher = TOKEN.matcher(text);
        next();
    }

    Kind kind() {
        return kind;
    }

    String value() {
        return value;
    }

    /** The offset of the token in the text. */
    int at() {
        return at;
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && value.equals(sign);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && value.equals(name);
    }

    /** Goes on behind {@code sign} when it is next. */
    boolean skip(String sign) {
        if (is(sign)) {
            next();
            return true;
        }
        return false;
    }

    void expect(String sign) {
        if (!skip(sign)) {
            throw unexpected();
        }
    }

    String name() {
        if (kind != Kind.NAME) {
            throw unexpected();
        }
        return take();
    }

    String take() {
        String taken = value;
        next();
        return taken;
    }

    GraphqlException unexpected() {
        String found = kind == Kind.END ? "<EOF>" : value;
        return new GraphqlException("Syntax Error: Unexpected " + found + ".").at(text, at);
    }

    /** An error that points into the text. */
    GraphqlException error(String message, int offset) {
        return new GraphqlException(message).at(text, offset);
    }

    private void next() {
        int from = matcher.regionStart();
        matcher.region(from, text.length());
        if (!matcher.lookingAt()) {
            throw new GraphqlException("Syntax Error: Cannot parse the unexpected character.").at(text, from);
        }
        for (Kind candidate : Kind.values()) {
            String group = candidate.name().toLowerCase(Locale.ROOT);
            if (matcher.start(group) >= 0) {
                accept(candidate, matcher.group(group), matcher.start(group));
            }
        }
        if (matcher.start("block") >= 0) {
            String block = matcher.group("block");
            accept(Kind.STRING, block.substring(3, block.length() - 3).strip(), matcher.start("block"));
        } else if (kind == Kind.STRING) {
            value = unescape(value.substring(1, value.length() - 1));
        }
        matcher.region(matcher.end(), text.length());
    }

    private void accept(Kind kind, String value, int at) {
        this.kind = kind;
        this.value = value;
        this.at = at;
    }

    private static String unescape(String escaped) {
        StringBuilder plain = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                plain.append(c);
                continue;
            }
            char code = escaped.charAt(++i);
            if (code == 'u' && i + 4 < escaped.length()) {
                plain.append((char) Integer.parseInt(escaped.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                int control = "nrtbf".indexOf(code);
                plain.append(control < 0 ? code : "\n\r\t\b\f".charAt(control));
            }
        }
        return plain.toString();
    }
}
