package hub.partner;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An answer that is too large to be held, on disk: a file of the folder for temporary ones ({@code java.io.tmpdir})
 * that has no name any more, so that it is gone when it is closed, and with the process however that ends.
 */
final class Spool implements Closeable {

    /** Bytes that a message about it may need. */
    private static final int HEAD = 2048;

    private final FileChannel file;
    private final long wire;

    private Spool(FileChannel file, long wire) {
        this.file = file;
        this.wire = wire;
    }

    /** What writes the answer. */
    interface Writer {
        /** Writes it, and tells how many bytes it took on the wire. */
        long write(OutputStream out) throws IOException;
    }

    /** Keeps what is written, all or nothing. */
    static Spool of(Writer writer) throws IOException {
        FileChannel file = nameless();
        try {
            return new Spool(file, writer.write(Channels.newOutputStream(file)));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static FileChannel nameless() throws IOException {
        Path path = Files.createTempFile("dropship-hub-", ".answer");
        try {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } finally {
            Files.delete(path);
        }
    }

    /** From its beginning. One reader at a time. */
    InputStream read() throws IOException {
        file.position(0);
        return Channels.newInputStream(file);
    }

    byte[] head() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        while (head.hasRemaining() && file.read(head, head.position()) >= 0) {
            // until it is full, or the file ends
        }
        byte[] bytes = new byte[head.flip().remaining()];
        head.get(bytes);
        return bytes;
    }

    /** Bytes that the answer took on the wire. */
    long wire() {
        return wire;
    }

    boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
