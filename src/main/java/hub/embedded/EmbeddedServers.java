package hub.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One context's use of the embedded servers of a data directory.
 *
 * <p>Guarantee: one pair of servers per data directory; contexts of one JVM that name the same directory share them,
 * and the last one to close stops them. Thread-safe.
 */
final class EmbeddedServers implements AutoCloseable {

    private static final Map<Path, Shared> SHARED = new HashMap<>();

    private record Shared(EmbeddedOptions options, ServerPair pair, int users) {}

    private final Path directory;
    private final ServerPair pair;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedServers(Path directory, ServerPair pair) {
        this.directory = directory;
        this.pair = pair;
    }

    /**
     * Starts what the options ask for, or joins what this JVM already runs.
     *
     * @return when both servers accept connections
     * @throws EmbeddedServerException if one cannot be used; nothing that was started here is left running
     */
    static EmbeddedServers open(EmbeddedOptions options) {
        synchronized (SHARED) {
            Path directory = real(options.directory());
            Shared shared = SHARED.get(directory);
            if (shared == null) {
                shared = new Shared(options, ServerPair.start(options), 0);
            } else if (shared.options.postgres() != options.postgres() || shared.options.redis() != options.redis()) {
                throw new EmbeddedServerException(
                        "The data directory " + options.data() + " is in use by this JVM with postgres="
                                + shared.options.postgres() + " and redis=" + shared.options.redis(),
                        "Use the same hub.embedded options in both contexts, or another hub.embedded.data in one.");
            }
            SHARED.put(directory, new Shared(shared.options, shared.pair, shared.users + 1));
            return new EmbeddedServers(directory, shared.pair);
        }
    }

    /**
     * What the data source and the Redis client are to be told to use the servers that a hub in another process runs;
     * empty when none does.
     */
    static Optional<Map<String, Object>> beside(EmbeddedOptions options) {
        synchronized (SHARED) {
            // Looking at the lock of this JVM's own directory would give it up.
            return SHARED.containsKey(real(options.directory())) ? Optional.empty() : RunningServers.of(options);
        }
    }

    /** What the data source and the Redis client are to be told, as {@code spring.*} properties. */
    Map<String, Object> properties() {
        return pair.properties();
    }

    /** Stops the servers if nobody else in this JVM uses them; a second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        synchronized (SHARED) {
            Shared shared = SHARED.remove(directory);
            if (shared != null && shared.users > 1) {
                SHARED.put(directory, new Shared(shared.options, shared.pair, shared.users - 1));
            } else {
                pair.close();
            }
        }
    }

    private static Path real(Path directory) {
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw DataDirectory.unwritable(directory, e);
        }
    }
}
