package hub.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory that both servers keep their data in, held by this process while open.
 *
 * <p>Guarantee: no second living hub has it open. Passwords and ports are chosen once and kept.
 */
final class DataDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    // Below the range of outgoing connections (Linux: from 32768), so that none takes the port between two runs.
    private static final int FIRST_PORT = 20_000;
    private static final int PORTS = 12_000;

    private final Path given;
    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path given, Path path, FileChannel lock) {
        this.given = given;
        this.path = path;
        this.lock = lock;
    }

    /** @throws EmbeddedServerException if it is not writable, or held by another hub */
    static DataDirectory open(Path given) {
        try {
            Path path = Files.createDirectories(given).toRealPath();
            FileChannel channel = FileChannel.open(
                    path.resolve("hub.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            // Far behind the content, so that the refused process may read the pid where locks are mandatory.
            FileLock held = channel.tryLock(Long.MAX_VALUE - 1, 1, false);
            if (held == null) {
                throw inUse(given, channel);
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new DataDirectory(given, path, channel);
        } catch (IOException e) {
            throw unwritable(given, e);
        }
    }

    private static EmbeddedServerException inUse(Path given, FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        channel.close();
        return new EmbeddedServerException(
                "The data directory " + given + " is in use by the hub with process id "
                        + StandardCharsets.UTF_8.decode(pid.flip()),
                "Stop that hub first, or give this one its own directory with hub.embedded.data.");
    }

    static EmbeddedServerException unwritable(Path where, IOException cause) {
        return new EmbeddedServerException(
                where + " cannot be read or written by user " + System.getProperty("user.name"),
                "Free disk space or give that user the directory, or name another one with hub.embedded.data.",
                cause);
    }

    /** As the operator wrote it, for messages. */
    Path given(String name) {
        return given.resolve(name);
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** The password of one server, made at first use; the file is readable by its owner only. */
    String password(String server) throws IOException {
        Path file = passwordFile(server);
        if (Files.notExists(file)) {
            byte[] secret = new byte[24];
            RANDOM.nextBytes(secret);
            writePrivately(file, HexFormat.of().formatHex(secret));
        }
        return Files.readString(file).strip();
    }

    Path passwordFile(String server) {
        return path.resolve(server + ".password");
    }

    /** The port that a server was last given; 0 if none yet. */
    int keptPort(String server) throws IOException {
        Path file = path.resolve(server + ".port");
        return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    }

    /** The kept port if it is free, else a new one, which is kept from now on. */
    int freePort(String server) throws IOException {
        int kept = keptPort(server);
        if (kept != 0 && isFree(kept)) {
            return kept;
        }
        int chosen;
        do {
            chosen = FIRST_PORT + RANDOM.nextInt(PORTS);
        } while (!isFree(chosen));
        writePrivately(path.resolve(server + ".port"), Integer.toString(chosen));
        if (kept != 0) {
            LOG.warn(
                    "port {} of embedded {} is taken by another program; from now on it is {} (kept in {})",
                    kept,
                    server,
                    chosen,
                    given(server + ".port"));
        }
        return chosen;
    }

    static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(loopback(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static InetSocketAddress loopback(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    /** Replaces a file as a whole; only its owner may read it. */
    static void writePrivately(Path file, String content) throws IOException {
        Path folder = parent(file);
        Path fresh = Files.createTempFile(folder, file.getFileName() + ".", ".new", ownerOnly(folder));
        Files.writeString(fresh, content + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path parent(Path file) {
        @Nullable Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw unwritable(given, e);
        }
    }
}
