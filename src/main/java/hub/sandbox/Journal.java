package hub.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The truth about every call that reached the sandbox: one JSON line each, appended, never changed.
 *
 * <p>Line n has the sequence number n. A line is with the operating system before the reply leaves, so it survives a
 * killed process. It holds no query and no header, hence no credentials. Thread-safe.
 */
final class Journal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter MILLIS =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final int BLOCK = 65_536;

    /**
     * One call.
     *
     * @param path without partner's query
     * @param status of the reply that left, or would have left; 0 when there was none to leave
     * @param answered whether a whole reply was sent
     * @param ms from the arrival to the reply
     */
    record Entry(
            Instant at,
            String partner,
            String operation,
            String method,
            String path,
            int status,
            String ref,
            String effect,
            String fault,
            boolean answered,
            long ms) {}

    /**
     * Which lines are wanted; empty texts want all.
     *
     * @param after the greatest sequence number that is not wanted
     */
    record Filter(String partner, String operation, long after, Instant from) {

        boolean matches(JsonNode line) {
            return (partner.isEmpty() || partner.equals(line.path("partner").asText()))
                    && (operation.isEmpty()
                            || operation.equals(line.path("operation").asText()))
                    && (from.equals(Instant.MIN)
                            || !Instant.parse(line.path("at").asText()).isBefore(from));
        }
    }

    private final Path file;
    private final RandomAccessFile writer; // not a channel: an interrupted thread would close that for all
    private long seq;

    /** @throws IllegalStateException when another process writes it */
    Journal(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.writer = new RandomAccessFile(file.toFile(), "rw");
            FileChannel channel = writer.getChannel();
            lock(channel);
            writer.seek(recover(channel));
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox journal " + file, e);
        }
    }

    /** Appends; returns the line's sequence number. */
    synchronized long write(Entry entry) {
        ObjectNode line = JSON.createObjectNode().put("seq", seq + 1).put("at", MILLIS.format(entry.at()));
        line.put("partner", entry.partner()).put("operation", entry.operation());
        line.put("method", entry.method()).put("path", entry.path()).put("status", entry.status());
        line.put("ref", entry.ref()).put("effect", entry.effect()).put("fault", entry.fault());
        line.put("answered", entry.answered()).put("ms", entry.ms());
        try {
            writer.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox journal " + file, e);
        }
        return ++seq;
    }

    /** The number of lines so far. */
    synchronized long calls() {
        return seq;
    }

    /** Copies the wanted lines that were there when it was called. */
    void copy(Filter filter, OutputStream out) throws IOException {
        long last = calls();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (long number = 1; number <= last; number++) {
                String line = lines.readLine();
                if (number > filter.after() && filter.matches(JSON.readTree(line))) {
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                }
            }
        }
    }

    @Override
    public synchronized void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void lock(FileChannel channel) throws IOException {
        boolean free;
        try {
            free = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            free = false;
        }
        if (!free) {
            channel.close();
            throw new IllegalStateException("another sandbox keeps its state in "
                    + file.toAbsolutePath().getParent()
                    + "; stop it, or start with hub.sandbox.state=<another folder>");
        }
    }

    /** Reads the last sequence number; returns the end of the last whole line, where writing goes on. */
    private long recover(FileChannel channel) throws IOException {
        long end = lastNewline(channel, channel.size()) + 1;
        channel.truncate(end);
        if (end > 0) {
            channel.position(lastNewline(channel, end - 1) + 1);
            // not closed: that would close the channel
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            @Nullable String line = reader.readLine();
            seq = JSON.readTree(line).path("seq").asLong();
        }
        return end;
    }

    private static long lastNewline(FileChannel channel, long before) throws IOException {
        for (long end = before; end > 0; end -= BLOCK) {
            long from = Math.max(0, end - BLOCK);
            ByteBuffer block = ByteBuffer.allocate((int) (end - from));
            while (block.hasRemaining() && channel.read(block, from + block.position()) >= 0) {
                // reads on
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return from + i;
                }
            }
        }
        return -1;
    }

    /** The query of {@code GET /sandbox/journal}. */
    static Filter filter(Map<String, String> query) {
        String since = query.getOrDefault("since", "");
        boolean number = !since.isEmpty() && since.chars().allMatch(Character::isDigit);
        return new Filter(
                query.getOrDefault("partner", ""),
                query.getOrDefault("operation", ""),
                number ? Long.parseLong(since) : 0,
                number || since.isEmpty() ? Instant.MIN : Instant.parse(since));
    }
}
