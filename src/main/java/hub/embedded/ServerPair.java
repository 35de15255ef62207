package hub.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The servers of one data directory, started and stopped side by side. */
final class ServerPair implements AutoCloseable {

    private interface Step {
        void on(EmbeddedServer server) throws IOException, InterruptedException;
    }

    private final DataDirectory data;
    private final List<EmbeddedServer> servers = new ArrayList<>();
    private final List<Supervisor> supervisors = new ArrayList<>();
    private final Map<String, Object> properties = new HashMap<>();

    private ServerPair(DataDirectory data) {
        this.data = data;
    }

    /**
     * Starts the servers that the options ask for.
     *
     * @throws EmbeddedServerException if one cannot be used; the other is stopped then
     */
    static ServerPair start(EmbeddedOptions options) {
        ServerPair pair = new ServerPair(DataDirectory.open(options.directory()));
        try {
            pair.startServers(options);
            return pair;
        } catch (IOException e) {
            pair.close();
            throw DataDirectory.unwritable(options.directory(), e);
        } catch (RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    private void startServers(EmbeddedOptions options) throws IOException {
        Binaries binaries = new Binaries(data.resolve("binaries"));
        PostgresServer postgres = new PostgresServer(data, binaries);
        RedisServer redis = new RedisServer(data, binaries);
        if (options.postgres()) {
            servers.add(postgres);
        }
        if (options.redis()) {
            servers.add(redis);
        }
        sideBySide(EmbeddedServer::start);
        servers.forEach(server -> supervisors.add(new Supervisor(server)));
        if (options.postgres()) {
            properties.putAll(postgres.properties());
        }
        if (options.redis()) {
            properties.putAll(redis.properties());
        }
    }

    Map<String, Object> properties() {
        return properties;
    }

    List<EmbeddedServer> servers() {
        return servers;
    }

    @Override
    public void close() {
        supervisors.forEach(Supervisor::close);
        try {
            sideBySide(EmbeddedServer::stop);
        } finally {
            data.close();
        }
    }

    private void sideBySide(Step step) {
        List<CompletableFuture<Void>> steps = servers.stream()
                .map(server -> CompletableFuture.runAsync(
                        () -> take(step, server), task -> new Thread(task, "embedded-" + server.name()).start()))
                .toList();
        try {
            CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EmbeddedServerException known ? known : e;
        }
    }

    private void take(Step step, EmbeddedServer server) {
        try {
            step.on(server);
        } catch (IOException e) {
            throw DataDirectory.unwritable(data.given(server.name()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException(
                    "The start or stop of " + server.name() + " was interrupted", "Try again.");
        }
    }
}
