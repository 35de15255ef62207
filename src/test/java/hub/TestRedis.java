package hub;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;

/** A real Redis for tests: one server a JVM, one empty database of it for whoever asks. */
public final class TestRedis {

    private static final int DATABASES = 4096;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestRedis() {}

    /** An empty database; empty it again with {@code FLUSHDB}, other tests use the same server. */
    public static StringRedisTemplate fresh() {
        return template(Server.PORT, NUMBER.getAndIncrement());
    }

    /** A server of one's own, to be stopped; start it with {@link RedisServer#start()}. */
    public static RedisServer server(int port) {
        try {
            return RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .setting("databases " + DATABASES)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives up after two seconds, and at once while the server is known to be away. */
    public static StringRedisTemplate template(int port, int database) {
        RedisStandaloneConfiguration where = new RedisStandaloneConfiguration("127.0.0.1", port);
        where.setDatabase(database);
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                where,
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(2))
                        .clientOptions(ClientOptions.builder()
                                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                                .socketOptions(SocketOptions.builder()
                                        .connectTimeout(Duration.ofSeconds(2))
                                        .build())
                                .build())
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        return new StringRedisTemplate(connections);
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Server {

        static final int PORT = start();

        private static int start() {
            int port = freePort();
            try {
                server(port).start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return port;
        }
    }
}
