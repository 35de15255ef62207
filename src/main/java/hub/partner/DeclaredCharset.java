package hub.partner;

import hub.catalog.BrokenByte;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The characters that the Content-Type of an answer declares.
 *
 * <p>Without a declaration it is UTF-8, as RFC 8259 has it; {@code euc-kr} is read as its superset MS949, as partners
 * write it. All else is read by nobody here, and by its name.
 *
 * @param name as the partner wrote it, cut to 40 characters
 * @param charset null where the hub does not read it
 */
record DeclaredCharset(String name, @Nullable Charset charset) {

    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 40;

    /** What all names of {@link #isKorean} are read as. */
    static final String KOREAN = "MS949";

    static DeclaredCharset of(@Nullable String contentType) {
        Matcher declared = CHARSET.matcher(Objects.requireNonNullElse(contentType, ""));
        if (!declared.find()) {
            return new DeclaredCharset("utf-8", StandardCharsets.UTF_8);
        }
        return named(declared.group(1));
    }

    static DeclaredCharset named(String name) {
        return new DeclaredCharset(name.substring(0, Math.min(name.length(), LONGEST)), known(name));
    }

    private static @Nullable Charset known(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "utf-8", "utf8" -> StandardCharsets.UTF_8;
            default -> isKorean(name) ? Charset.forName(KOREAN) : null;
        };
    }

    static boolean isKorean(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "euc-kr", "ks_c_5601-1987", "ms949", "cp949", "x-windows-949" -> true;
            default -> false;
        };
    }

    boolean isUtf8() {
        return StandardCharsets.UTF_8.equals(charset);
    }

    /** @throws AnswerRefusedException if the hub does not read it */
    Charset required() throws AnswerRefusedException {
        if (charset == null) {
            throw new AnswerRefusedException(
                    "encoding",
                    said() + ", and only UTF-8 and EUC-KR (MS949) are read; ask the partner for one of them");
        }
        return charset;
    }

    /** @param at the first byte that is no character, from 0 */
    AnswerRefusedException broken(byte[] body, int at) {
        return new AnswerRefusedException(
                "encoding",
                said() + " and its byte " + at + " (0x" + Integer.toHexString(body[at] & 0xff)
                        + ") is no character of it; ask the partner which it really is, and write charset: \""
                        + (isUtf8() ? "euc-kr" : "utf-8")
                        + "\" beside the path in the request of this operation (….request.jq) if it is that");
    }

    /** The first byte that is no character, from 0; less than 0 where there is none. */
    int firstBroken(byte[] body) throws AnswerRefusedException {
        CharsetDecoder decoder = required().newDecoder();
        ByteBuffer in = ByteBuffer.wrap(body);
        CharBuffer out = CharBuffer.allocate(8 * 1024);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            out.clear();
            result = decoder.decode(in, out, true);
        }
        return result.isError() ? in.position() : -1;
    }

    /**
     * Decodes while it is read.
     *
     * @param marked whether bytes that are no character are read as {@link BrokenByte#MARK}; else they end the reading
     */
    static Reader reader(InputStream in, Charset charset, boolean marked) {
        CharsetDecoder decoder = charset.newDecoder(); // reports them, as long as nothing else is said
        return new InputStreamReader(
                in,
                marked
                        ? decoder.onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                                .replaceWith(String.valueOf(BrokenByte.MARK))
                        : decoder);
    }

    private String said() {
        return "it is declared as charset=" + name;
    }

    /** A text for people, who read what can be read. */
    String text(byte[] body) {
        return new String(body, charset == null ? StandardCharsets.UTF_8 : charset);
    }
}
