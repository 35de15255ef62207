package hub.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How an entry lies in Redis: one byte says how it is packed, one whether it is nothing, eight when it was loaded, four
 * how long the versions are that it was loaded under, then those, then the body. Thread-safe.
 */
final class Packing {

    private static final byte PLAIN = 0;
    private static final byte GZIP = 1;
    private static final int HEADER = 2 + Long.BYTES + Integer.BYTES;

    private final int compressAbove;
    private final int largest;

    Packing(int compressAbove, int largest) {
        this.compressAbove = compressAbove;
        this.largest = largest;
    }

    byte[] pack(Entry entry) {
        byte[] body = entry.body();
        byte[] packed = body.length > compressAbove ? gzip(body) : body;
        boolean smaller = packed.length < body.length;
        byte[] stamp = entry.stamp().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(HEADER + stamp.length + (smaller ? packed.length : body.length))
                .put(smaller ? GZIP : PLAIN)
                .put((byte) (entry.nothing() ? 1 : 0))
                .putLong(entry.loadedAt())
                .putInt(stamp.length)
                .put(stamp)
                .put(smaller ? packed : body)
                .array();
    }

    /** Empty for what is no entry, too large, or loaded under other versions than {@code stamp}. */
    Optional<Entry> unpack(byte @Nullable [] bytes, String stamp) {
        if (bytes == null || bytes.length < HEADER) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        byte packing = header.get();
        boolean nothing = header.get() == 1;
        long loadedAt = header.getLong();
        byte[] wanted = stamp.getBytes(StandardCharsets.US_ASCII);
        int from = HEADER + wanted.length;
        if (header.getInt() != wanted.length
                || bytes.length < from
                || !Arrays.equals(bytes, HEADER, from, wanted, 0, wanted.length)) {
            return Optional.empty();
        }
        return body(packing, Arrays.copyOfRange(bytes, from, bytes.length))
                .map(body -> new Entry(body, nothing, stamp, loadedAt));
    }

    private Optional<byte[]> body(byte packing, byte[] packed) {
        if (packing == PLAIN) {
            return packed.length > largest ? Optional.empty() : Optional.of(packed);
        }
        return packing == GZIP ? gunzip(packed) : Optional.empty();
    }

    private Optional<byte[]> gunzip(byte[] packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] body = in.readNBytes(largest + 1);
            return body.length > largest ? Optional.empty() : Optional.of(body);
        } catch (IOException e) {
            return Optional.empty(); // not ours: it is loaded again
        }
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return packed.toByteArray();
    }
}
