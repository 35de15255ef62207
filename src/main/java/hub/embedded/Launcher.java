package hub.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts processes that are on their own: in a session of their own, without our environment, writing to a file.
 *
 * <p>Ctrl-C reaches every process of the terminal's session; the servers must not hear it before the pools are closed.
 */
final class Launcher {

    private final boolean unprivileged;

    /** @param unprivileged whether the program refuses to run as root */
    Launcher(boolean unprivileged) {
        this.unprivileged = unprivileged && isRoot();
    }

    /** Starts a server. */
    Process start(Path directory, Path output, List<String> command) throws IOException {
        return builder(
                        output,
                        Stream.concat(detached().stream(), command(command).stream())
                                .toList())
                .directory(directory.toFile())
                .start();
    }

    /** Runs a program to its end; its exit status. */
    int run(Path output, List<String> command) throws IOException, InterruptedException {
        return builder(output, command(command)).start().waitFor();
    }

    /** @throws EmbeddedServerException if the program refuses root, and root cannot step back here */
    void check() throws InterruptedException {
        try {
            if (unprivileged
                    && new ProcessBuilder("unshare", "-U", "true").start().waitFor() != 0) {
                throw refusesRoot();
            }
        } catch (IOException e) {
            throw refusesRoot();
        }
    }

    private static EmbeddedServerException refusesRoot() {
        return new EmbeddedServerException(
                "PostgreSQL refuses to run as root, and this machine does not allow root to step back (unshare -U fails)",
                "Run the hub as a normal user, or set hub.embedded.postgres=false and spring.datasource.url.");
    }

    private List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(unprivileged ? List.of("unshare", "-U") : List.of());
        whole.addAll(command);
        return whole;
    }

    private static ProcessBuilder builder(Path output, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(output.toFile());
        // Partners' keys may be in ours, and PGPORT or PGOPTIONS would change what is started.
        Map<String, String> environment = builder.environment();
        environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
        environment.put("LC_ALL", "C");
        return builder;
    }

    private static List<String> detached() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")))
                ? List.of("setsid")
                : List.of();
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
