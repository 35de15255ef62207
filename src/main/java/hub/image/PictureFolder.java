package hub.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/**
 * Made pictures on disk, called after their content and rule, so that each is made once for all markets with the same
 * rule and goes out without being held in memory. Bounded in bytes and age. Safe to lose; may be shared by processes.
 */
final class PictureFolder {

    private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}-[0-9a-f]{12}\\.(jpg|png|gif|bmp|webp)");
    private static final int SWEEP_SHARE = 16;

    private final Path folder;
    private final DataSize room;
    private final java.time.Duration keep;
    private final Clock clock;
    private final AtomicLong writtenSince = new AtomicLong();

    PictureFolder(ImageOptions options, Clock clock) {
        this.folder = options.folder();
        this.room = options.room();
        this.keep = options.keep();
        this.clock = clock;
    }

    /** The key of a picture that lies here, fresh; it stays for a while from now on. */
    Optional<String> find(String contentHash, ImageRule rule) {
        for (PictureFormat format : PictureFormat.values()) {
            String key = key(contentHash, rule, format);
            if (touch(folder.resolve(key))) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /** Puts it here whole or not at all. */
    String store(String contentHash, ImageRule rule, Picture picture) {
        String key = key(contentHash, rule, picture.format());
        try {
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, "new-", ".part");
            Files.write(written, picture.bytes());
            Files.move(written, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("picture cannot be written into hub.image.folder=" + folder, e);
        }
        if (writtenSince.addAndGet(picture.bytes().length) > room.toBytes() / SWEEP_SHARE) {
            sweep();
        }
        return key;
    }

    /** @throws IOException if there is none of that key; it is made anew when its product is tried again */
    Path file(String key) throws IOException {
        Path file = folder.resolve(key);
        if (!KEY.matcher(key).matches() || !Files.isRegularFile(file)) {
            throw new NoSuchFileException("picture " + key + " does not lie in hub.image.folder");
        }
        return file;
    }

    /** Takes away what is older than it may be, and the oldest of what is too much. */
    void sweep() {
        writtenSince.set(0);
        long left = room.toBytes() - room.toBytes() / SWEEP_SHARE;
        Instant oldest = clock.instant().minus(keep);
        for (Found found : newestFirst()) {
            left -= found.bytes;
            if (left < 0 || found.at.isBefore(oldest)) {
                delete(found.file);
            }
        }
    }

    private List<Found> newestFirst() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.flatMap(PictureFolder::look)
                    .sorted(Comparator.comparing(Found::at).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("hub.image.folder=" + folder + " cannot be read", e);
        }
    }

    private static Stream<Found> look(Path file) {
        try {
            return Stream.of(new Found(file, Files.getLastModifiedTime(file).toInstant(), Files.size(file)));
        } catch (IOException e) {
            return Stream.of(); // another process was faster
        }
    }

    private boolean touch(Path file) {
        try {
            if (Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(clock.instant().minus(keep))) {
                return false;
            }
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the picture of a key was made of. */
    static String contentHash(String key) {
        return key.substring(0, key.indexOf('-'));
    }

    /** The fingerprint of the rule that the picture of a key was made by. */
    static String rule(String key) {
        return key.substring(key.indexOf('-') + 1, key.indexOf('.'));
    }

    private static String key(String contentHash, ImageRule rule, PictureFormat format) {
        return contentHash + "-" + rule.fingerprint() + "." + format.ending();
    }

    private record Found(Path file, Instant at, long bytes) {}
}
