package hub.partner;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An answer as it comes, counted: refused when it is more than may be, or drips. Of one thread. */
final class MeteredInput extends FilterInputStream {

    private final AnswerBounds bounds;
    private final long most;
    private final boolean isPacked;
    private final long begun = System.nanoTime();
    private long count;

    /** @param most bytes */
    MeteredInput(InputStream in, AnswerBounds bounds, long most, boolean isPacked) {
        super(in);
        this.bounds = bounds;
        this.most = most;
        this.isPacked = isPacked;
    }

    /** Bytes that came. */
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        counted(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int read = in.read(buffer, from, length);
        if (read > 0) {
            counted(read);
        }
        return read;
    }

    private void counted(int bytes) throws AnswerRefusedException {
        count += bytes;
        if (count > most) {
            throw bounds.tooMuch(isPacked);
        }
        long took = System.nanoTime() - begun;
        boolean counts = took > bounds.paceAfter().toNanos();
        if (counts && count * 1_000_000_000d < (double) bounds.pace().toBytes() * took) {
            throw bounds.tooSlow();
        }
    }
}
