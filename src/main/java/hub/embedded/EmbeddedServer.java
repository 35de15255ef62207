package hub.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server over one directory: found again, started, watched and stopped.
 *
 * <p>Guarantee: no second server is ever started over the directory while a process of an earlier one lives.
 *
 * <p>Errors: {@link EmbeddedServerException} when it cannot be used. Thread-safe.
 */
abstract class EmbeddedServer {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration STOP_AT_MOST = Duration.ofSeconds(15);
    private static final Duration KILL_AT_MOST = Duration.ofSeconds(5);
    // Crash recovery of a full write-ahead log on a slow disk.
    private static final Duration READY_AT_MOST = Duration.ofMinutes(2);
    private static final int PORTS_TO_TRY = 3;

    final DataDirectory data;
    final Path directory;
    private final String name;
    private final ServerProcesses processes;
    private volatile int port;
    private volatile boolean stopped;
    private volatile ProcessHandle main = ProcessHandle.current();

    EmbeddedServer(String name, String executable, String pidFile, DataDirectory data) {
        this.name = name;
        this.data = data;
        this.directory = data.resolve(name);
        this.processes = new ServerProcesses(directory, executable, directory.resolve(pidFile));
    }

    /** Makes the directory when there is none yet. */
    abstract void prepare() throws IOException, InterruptedException;

    /** The whole configuration; equal text means that a server left behind need not be started again. */
    abstract String configuration(int port) throws IOException;

    abstract Path configurationFile();

    abstract Process launch(Path output) throws IOException;

    /** The version of the server that answers on the port with our password and from our directory. */
    abstract Optional<String> probe(int port) throws IOException;

    /** Asks a server to finish what it does, store everything and end. */
    abstract void askToStop(ProcessHandle main) throws IOException, InterruptedException;

    /** Where the server writes once it runs. */
    abstract Path log() throws IOException;

    final String name() {
        return name;
    }

    final int port() {
        return port;
    }

    /** The process id, for messages and tests. */
    final long pid() {
        return main.pid();
    }

    final boolean isAlive() {
        return main.isAlive();
    }

    /** Returns when the server accepts connections: one that was left behind, or a new one. */
    final synchronized void start() throws IOException, InterruptedException {
        Instant began = Instant.now();
        prepare();
        Optional<String> version = adopt();
        boolean adopted = version.isPresent();
        for (int attempt = 1; version.isEmpty(); attempt++) {
            endProcesses();
            port = data.freePort(name);
            version = launchAndWait();
            if (version.isEmpty() && (attempt == PORTS_TO_TRY || DataDirectory.isFree(port))) {
                throw doesNotStart();
            }
        }
        LOG.info(
                "{} {} {} on 127.0.0.1:{} in {} ms (data {}, pid {})",
                name,
                version.get(),
                adopted ? "adopted from a hub that was killed, ready" : "ready",
                port,
                Duration.between(began, Instant.now()).toMillis(),
                data.given(name),
                pid());
    }

    /** Starts it again on its port after it died; does nothing once stopped. */
    final synchronized void revive() throws IOException, InterruptedException {
        if (stopped) {
            return;
        }
        Instant began = Instant.now();
        endProcesses();
        if (launchAndWait().isEmpty()) {
            throw doesNotStart();
        }
        LOG.info(
                "{} is back on 127.0.0.1:{} after {} ms (pid {})",
                name,
                port,
                Duration.between(began, Instant.now()).toMillis(),
                pid());
    }

    /** Returns when all its processes are gone. */
    final synchronized void stop() throws IOException, InterruptedException {
        stopped = true;
        endProcesses();
    }

    private Optional<String> adopt() throws IOException {
        port = data.keptPort(name);
        Optional<ProcessHandle> left = processes.main();
        if (left.isEmpty() || port == 0 || !isConfigured()) {
            return Optional.empty();
        }
        main = left.get();
        return probe(port);
    }

    private boolean isConfigured() throws IOException {
        return Files.exists(configurationFile())
                && Files.readString(configurationFile()).equals(configuration(port) + "\n");
    }

    private Optional<String> launchAndWait() throws IOException, InterruptedException {
        DataDirectory.writePrivately(configurationFile(), configuration(port));
        Process process = launch(output());
        main = process.toHandle();
        try {
            return awaitReady(process);
        } catch (InterruptedException | RuntimeException e) {
            process.destroy();
            throw e;
        }
    }

    private Optional<String> awaitReady(Process process) throws IOException, InterruptedException {
        Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(100));
        Instant deadline = Instant.now().plus(READY_AT_MOST);
        while (!process.waitFor(backoff.next().toMillis(), TimeUnit.MILLISECONDS)
                && Instant.now().isBefore(deadline)) {
            Optional<String> version = probe(port);
            if (version.isPresent()) {
                return version;
            }
        }
        return Optional.empty();
    }

    private void endProcesses() throws IOException, InterruptedException {
        Optional<ProcessHandle> left = processes.main();
        if (left.isPresent()) {
            askToStop(left.get());
        } else {
            processes.all().forEach(ProcessHandle::destroy);
        }
        if (!processes.awaitGone(STOP_AT_MOST)) {
            killProcesses();
        }
        // Its pid may belong to another program by now, which PostgreSQL would take for a living server.
        processes.forget();
    }

    private void killProcesses() throws InterruptedException {
        LOG.warn(
                "{} has not ended within {} s and is killed; it recovers at its next start",
                name,
                STOP_AT_MOST.toSeconds());
        processes.all().forEach(ProcessHandle::destroyForcibly);
        if (!processes.awaitGone(KILL_AT_MOST)) {
            throw new EmbeddedServerException(
                    "Processes "
                            + processes.all().stream().map(ProcessHandle::pid).toList() + " of " + name + " over "
                            + data.given(name) + " cannot be ended",
                    "They hang in the kernel, often on a broken disk or network file system: check it and start again.");
        }
    }

    private EmbeddedServerException doesNotStart() throws IOException {
        return new EmbeddedServerException(
                name + " does not start on 127.0.0.1:" + port + " over " + data.given(name) + ": " + lastWords(),
                "Read " + output() + " and " + log()
                        + "; the data is untouched. To use another server set hub.embedded." + name + "=false.");
    }

    private Path output() {
        return data.resolve(name + ".out");
    }

    private String lastWords() throws IOException {
        List<String> lines = Stream.concat(lines(output()), lines(log())).toList();
        List<String> telling = lines.stream()
                .filter(line -> line.matches("(?i).*(fatal|panic|error|detail|hint|can't|cannot).*"))
                .toList();
        List<String> chosen = telling.isEmpty() ? lines : telling;
        return String.join(" / ", chosen.subList(Math.max(0, chosen.size() - 3), chosen.size()));
    }

    private static Stream<String> lines(Path file) throws IOException {
        return Files.isRegularFile(file)
                ? Files.readString(file, StandardCharsets.ISO_8859_1).lines()
                : Stream.empty();
    }
}
