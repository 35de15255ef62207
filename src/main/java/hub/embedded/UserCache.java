package hub.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.springframework.util.FileSystemUtils;

/** The hub's folder in the user's cache; what is put there appears as a whole or not at all. */
public final class UserCache {

    private UserCache() {}

    /** Puts the files of one folder where they are told to. */
    @FunctionalInterface
    public interface Filling {
        void into(Path folder) throws IOException;
    }

    /** {@code $XDG_CACHE_HOME/dropship-hub}, or in {@code ~/.cache}; empty for a user without a home. */
    public static Optional<Path> folder() {
        String configured = System.getenv("XDG_CACHE_HOME");
        if (configured != null && !configured.isBlank()) {
            return Optional.of(Path.of(configured, "dropship-hub"));
        }
        Path home = Path.of(System.getProperty("user.home", ""));
        return Files.isDirectory(home) && home.isAbsolute()
                ? Optional.of(home.resolve(".cache/dropship-hub"))
                : Optional.empty();
    }

    /** Makes {@code home}, unless another hub that does the same is faster: its copy is as good. */
    public static void fill(Path home, Filling filling) throws IOException {
        Files.createDirectories(home.getParent());
        Path fresh = Files.createTempDirectory(home.getParent(), home.getFileName() + ".");
        try {
            filling.into(fresh);
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(fresh);
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }
}
