package hub.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The servers of a data directory that a hub in another process holds, for a command that runs beside it. */
final class RunningServers {

    private RunningServers() {}

    /** What the data source and the Redis client are to be told; empty when no other process holds the directory. */
    static Optional<Map<String, Object>> of(EmbeddedOptions options) {
        try {
            return held(options.directory().resolve("hub.lock")) ? Optional.of(properties(options)) : Optional.empty();
        } catch (IOException e) {
            throw DataDirectory.unwritable(options.directory(), e);
        }
    }

    private static boolean held(Path lock) throws IOException {
        if (Files.notExists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileLock ours = channel.tryLock(Long.MAX_VALUE - 1, 1, false)) {
            return ours == null;
        }
    }

    private static Map<String, Object> properties(EmbeddedOptions options) throws IOException {
        Map<String, Object> properties = new HashMap<>();
        if (options.postgres()) {
            properties.putAll(PostgresServer.properties(port(options, "postgres"), kept(options, "postgres.password")));
        }
        if (options.redis()) {
            properties.putAll(RedisServer.properties(port(options, "redis"), kept(options, "redis.password")));
        }
        return properties;
    }

    private static int port(EmbeddedOptions options, String server) throws IOException {
        return Integer.parseInt(kept(options, server + ".port"));
    }

    private static String kept(EmbeddedOptions options, String file) throws IOException {
        return Files.readString(options.directory().resolve(file)).strip();
    }
}
