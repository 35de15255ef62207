package hub.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The processes of one server, whoever started them: those that run its executable in its directory.
 *
 * <p>Both servers make their directory the working directory of each of their processes, which a process that merely
 * inherited the pid of a dead server does not share. Without {@code /proc} the pid file is believed if the process runs
 * the right executable and is older than the file.
 */
final class ServerProcesses {

    private static final Path PROC = Path.of("/proc");

    private final Path directory;
    private final String executable;
    private final Path pidFile;

    /** @param executable how the name of the executable's file begins, such as {@code postgres} */
    ServerProcesses(Path directory, String executable, Path pidFile) {
        this.directory = directory;
        this.executable = executable;
        this.pidFile = pidFile;
    }

    /** The server with its children; children outlive a killed server for a while. A zombie is not among them. */
    List<ProcessHandle> all() {
        if (Files.exists(PROC.resolve("self/cwd"))) {
            return ProcessHandle.allProcesses().filter(this::runsHere).toList();
        }
        return believed().stream()
                .flatMap(main -> Stream.concat(Stream.of(main), main.descendants()))
                .toList();
    }

    /** The server's own process, which answers for its children. */
    Optional<ProcessHandle> main() {
        return pid().flatMap(pid ->
                all().stream().filter(process -> process.pid() == pid).findFirst());
    }

    /** Waits until none is left; false if some are after that time. */
    boolean awaitGone(Duration atMost) throws InterruptedException {
        Backoff backoff = new Backoff(Duration.ofMillis(5), Duration.ofMillis(50));
        Instant deadline = Instant.now().plus(atMost);
        while (!all().isEmpty()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            backoff.pause();
        }
        return true;
    }

    /** Removes the pid file of a server that is gone. */
    void forget() throws IOException {
        Files.deleteIfExists(pidFile);
    }

    private boolean runsHere(ProcessHandle process) {
        Path entry = PROC.resolve(Long.toString(process.pid()));
        try {
            return Files.readSymbolicLink(entry.resolve("cwd")).equals(directory)
                    && runsExecutable(
                            Files.readSymbolicLink(entry.resolve("exe")).toString());
        } catch (IOException e) {
            // Gone, a zombie, or another user's.
            return false;
        }
    }

    private boolean runsExecutable(String command) {
        return command.substring(command.lastIndexOf('/') + 1).startsWith(executable);
    }

    private Optional<ProcessHandle> believed() {
        return pid().flatMap(ProcessHandle::of).filter(process -> {
            ProcessHandle.Info info = process.info();
            return info.command().filter(this::runsExecutable).isPresent()
                    && info.startInstant()
                            .filter(start -> start.isBefore(written().plusSeconds(1)))
                            .isPresent();
        });
    }

    private Instant written() {
        try {
            return Files.getLastModifiedTime(pidFile).toInstant();
        } catch (IOException e) {
            return Instant.MIN;
        }
    }

    private Optional<Long> pid() {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst().map(line -> Long.valueOf(line.strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
