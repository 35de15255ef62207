package hub.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A second JVM that runs the embedded servers over a directory until it is killed. */
final class ChildHub implements AutoCloseable {

    private final Process process;

    private ChildHub(Process process) {
        this.process = process;
    }

    /** Returns when its servers accept connections. */
    static ChildHub start(Path data) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        ChildHub.class.getName(),
                        data.toString())
                .redirectError(new File(data.toFile(), "child.err"))
                .start();
        BufferedReader out = process.inputReader();
        String line = out.readLine();
        while (line != null && !line.equals("ready")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the child hub ended; see child.err in " + data);
        }
        return new ChildHub(process);
    }

    long pid() {
        return process.pid();
    }

    /** As kill -9 does: no hook runs. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        EmbeddedServers.open(new EmbeddedOptions(true, true, arguments[0]));
        System.out.println("ready");
        System.in.read();
    }
}
