package hub.partner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The body of an answer, unpacked while it comes: what is beyond a bound is not read to its end, nor held. */
final class AnswerBody {

    /** What the hub can unpack, and therefore asks for; a decoder of br is not part of it. */
    static final String ENCODINGS = "gzip";

    /** Below it a ratio says little: a page of one item is mostly header. */
    private static final int RATIO_FROM = 64 * 1024;

    private static final int CHUNK = 16 * 1024;

    private final AnswerBounds bounds;

    /**
     * A body that was read whole.
     *
     * @param bytes how many came over the wire for it
     */
    record Whole(byte[] body, long bytes) {}

    AnswerBody(AnswerBounds bounds) {
        this.bounds = bounds;
    }

    /**
     * Reads it whole.
     *
     * @param declared its length as the partner declares it, in bytes; less than 0 when it does not
     * @param encoding the Content-Encoding
     * @throws AnswerRefusedException as soon as it is beyond a bound
     */
    Whole read(InputStream content, long declared, @Nullable String encoding) throws IOException {
        boolean isPacked = isPacked(encoding);
        MeteredInput came = metered(content, declared, isPacked);
        if (!isPacked) {
            byte[] body = came.readAllBytes();
            return new Whole(body, came.count());
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
        unpack(came, out);
        return new Whole(out.toByteArray(), came.count());
    }

    /**
     * Reads it whole as {@link #read} does, and hands it on while it comes.
     *
     * @return how many bytes came over the wire
     */
    long copy(InputStream content, long declared, @Nullable String encoding, OutputStream out) throws IOException {
        boolean isPacked = isPacked(encoding);
        MeteredInput came = metered(content, declared, isPacked);
        if (isPacked) {
            unpack(came, out);
        } else {
            came.transferTo(out);
        }
        return came.count();
    }

    private MeteredInput metered(InputStream content, long declared, boolean isPacked) throws AnswerRefusedException {
        long most = (isPacked ? bounds.packed() : bounds.expanded()).toBytes();
        if (declared > most) {
            throw bounds.tooMuch(isPacked);
        }
        return new MeteredInput(content, bounds, most, isPacked);
    }

    private void unpack(MeteredInput came, OutputStream out) throws IOException {
        byte[] buffer = new byte[CHUNK];
        long expanded = 0;
        try (InputStream in = new GZIPInputStream(came, CHUNK)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                expanded += read;
                check(expanded, came.count());
            }
        }
    }

    private void check(long expanded, long packed) throws AnswerRefusedException {
        if (expanded > bounds.expanded().toBytes()) {
            throw bounds.tooMuch(false);
        }
        if (expanded > RATIO_FROM && expanded / bounds.ratio() > packed) {
            throw bounds.tooTight();
        }
    }

    private static boolean isPacked(@Nullable String encoding) throws AnswerRefusedException {
        String name = encoding == null ? "" : encoding.trim().toLowerCase(Locale.ROOT);
        return switch (name) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default ->
                throw new AnswerRefusedException(
                        "encoding",
                        "it is packed as " + name.substring(0, Math.min(name.length(), 40)) + ", and " + ENCODINGS
                                + " was asked for; tell the partner, or the proxy between");
        };
    }
}
