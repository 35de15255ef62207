package hub;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/**
 * The classes of one build as the JVM keeps them in memory (class data sharing, JEP 350), for its next starts.
 *
 * <p>The first start of a build on a Java notes which classes it loads. Once it is ready, a process of the lowest
 * priority makes the archive of them beside it: made by the hub itself when it ends, as the JVM also can, it would hold
 * up the stop for ten seconds and more on a busy machine. A hub that stops earlier takes the process along, and its
 * next start is another first one.
 *
 * @param home the folder of the {@link FlatJar}
 */
record ClassArchive(Path home) {

    /** The system property that names the archive to be made. */
    private static final String WANTED = "hub.start.archive";

    /** The options that map the archive in, or note what belongs into it. */
    List<String> options() {
        return Files.exists(archive())
                ? List.of("-XX:SharedArchiveFile=" + archive(), "-Xlog:cds=off")
                : List.of("-XX:DumpLoadedClassList=" + loaded(), "-D" + WANTED + "=" + home);
    }

    /** Begins to make the archive when this start was without one. */
    static void afterStart() {
        String home = System.getProperty(WANTED);
        if (home != null) {
            try {
                new ClassArchive(Path.of(home)).make();
            } catch (IOException e) {
                notMade(e);
            }
        }
    }

    private void make() throws IOException {
        Files.writeString(list(), wholeLines());
        Process process = new ProcessBuilder(
                        "nice",
                        "-n",
                        "19",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:dump",
                        "-Xlog:disable",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:SharedClassListFile=" + list(),
                        "-XX:SharedArchiveFile=" + half(),
                        "-cp",
                        home.resolve("dropship-hub.jar").toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CompletableFuture<Void> kept = process.onExit().thenAccept(this::keep);
        SpringApplication.getShutdownHandlers().add(() -> {
            kept.cancel(false);
            process.destroyForcibly();
        });
    }

    private void keep(Process ended) {
        try {
            if (ended.exitValue() == 0) {
                Files.move(half(), archive(), StandardCopyOption.ATOMIC_MOVE);
            }
            for (Path done : List.of(half(), list(), loaded())) {
                Files.deleteIfExists(done);
            }
        } catch (IOException e) {
            notMade(e);
        }
    }

    private static void notMade(IOException why) {
        LoggerFactory.getLogger(ClassArchive.class)
                .warn("the next start will be as slow as this one: {}", why.toString());
    }

    /** The JVM is still writing to its list. */
    private String wholeLines() throws IOException {
        String lines = Files.readString(loaded(), StandardCharsets.UTF_8);
        return lines.substring(0, lines.lastIndexOf('\n') + 1);
    }

    private Path archive() {
        return named("jsa");
    }

    private Path half() {
        return ours("half");
    }

    private Path loaded() {
        return ours("loaded");
    }

    private Path list() {
        return ours("list");
    }

    /** Two hubs may start for the first time at once, and a killed one leaves its process behind for a while. */
    private Path ours(String kind) {
        return named(ProcessHandle.current().pid() + "." + kind);
    }

    private Path named(String kind) {
        return home.resolve("classes-" + Runtime.version() + "." + kind);
    }
}
