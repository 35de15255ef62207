package hub.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.util.function.SingletonSupplier;

/**
 * Redis that appends every change to a file once a second and refuses writes, rather than forget, when it is full.
 *
 * <p>Source: redis.conf of 6.2.
 */
final class RedisServer extends EmbeddedServer {

    private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");
    private static final long LOG_AT_MOST = 10L << 20;

    private final Supplier<Path> binaries;

    RedisServer(DataDirectory data, Binaries binaries) {
        super("redis", "redis-server", "redis.pid", data);
        this.binaries = SingletonSupplier.of(binaries::redis);
    }

    /** What Spring's Redis client is to be told. */
    Map<String, Object> properties() throws IOException {
        return properties(port(), data.password(name()));
    }

    static Map<String, Object> properties(int port, String password) {
        return Map.of(
                "spring.data.redis.host", "127.0.0.1",
                "spring.data.redis.port", port,
                "spring.data.redis.password", password);
    }

    @Override
    void prepare() throws IOException {
        Files.createDirectories(directory);
        // Redis does not rotate; the server is not running yet, or keeps writing to the old file.
        if (Files.exists(log()) && Files.size(log()) > LOG_AT_MOST) {
            Files.move(log(), directory.resolve("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    String configuration(int port) throws IOException {
        return """
                # Written by the hub at each start of %s
                bind 127.0.0.1
                port %d
                requirepass %s
                protected-mode yes
                daemonize no
                dir "%s"
                pidfile "%s"
                logfile "%s"
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory 256mb
                maxmemory-policy noeviction
                auto-aof-rewrite-min-size 16mb
                """.formatted(
                        binaries.get(), port, data.password(name()), directory, directory.resolve("redis.pid"), log());
    }

    @Override
    Path configurationFile() {
        return directory.resolve("redis.conf");
    }

    @Override
    Process launch(Path output) throws IOException {
        return new Launcher(false)
                .start(
                        directory,
                        output,
                        List.of(binaries.get().toString(), configurationFile().toString()));
    }

    @Override
    Optional<String> probe(int port) throws IOException {
        String password = data.password(name());
        String answer = ask(port, "AUTH " + password + "\r\nCONFIG GET dir\r\nINFO server\r\nQUIT\r\n");
        if (answer.contains("-WRONGPASS")) {
            throw new EmbeddedServerException(
                    "The Redis over " + data.given(name()) + " does not accept the password in "
                            + data.given("redis.password"),
                    "Stop that Redis, then start the hub again.");
        }
        Matcher version = VERSION.matcher(answer);
        return answer.contains("\r\n" + directory + "\r\n") && version.find()
                ? Optional.of(version.group(1))
                : Optional.empty();
    }

    private static String ask(int port, String commands) {
        try (Socket socket = new Socket()) {
            socket.connect(DataDirectory.loopback(port), 1_000);
            socket.setSoTimeout(2_000);
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // Nobody listens yet, or another program that does not speak this protocol.
            return "";
        }
    }

    @Override
    void askToStop(ProcessHandle main) {
        main.destroy();
    }

    @Override
    Path log() {
        return directory.resolve("redis.log");
    }
}
