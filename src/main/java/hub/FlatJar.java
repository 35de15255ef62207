package hub;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The hub's jar laid out flat: the application's classes in one plain jar, its libraries beside it.
 *
 * <p>Looking a class up in the nested jar is near half of a start, and the JVM shares no class archive over it. So the
 * first start lays the jar out in {@code $XDG_CACHE_HOME/dropship-hub} ({@code ~/.cache} without it), a folder for each
 * build, by Spring Boot's own {@code extract}; a JVM that ends writes the classes it had loaded next to it, and the
 * next start of the same build on the same Java maps that file in. Builds unused for two weeks are removed.
 *
 * @param home the folder of this build
 * @param jar the plain jar, which names its libraries in its manifest
 */
record FlatJar(Path home, Path jar) {

    /** The system property that tells the hub the folder of its build. */
    private static final String HOME = "hub.build";

    private static final String READY = "ready";
    private static final Duration UNUSED = Duration.ofDays(14);

    /**
     * The layout of {@code nested}, made when it is not there yet.
     *
     * @throws IOException when the cache cannot be written or {@code extract} fails; nothing half done is left
     */
    static FlatJar of(Path nested, String java) throws IOException {
        Path builds = cache();
        Path home = builds.resolve(build(nested));
        if (!Files.isDirectory(home)) {
            Files.createDirectories(builds);
            removeUnused(builds);
            layOut(nested, home, java);
        }
        Files.setLastModifiedTime(home, FileTime.from(Instant.now()));
        return new FlatJar(home, home.resolve(nested.getFileName()));
    }

    /**
     * The options that read the archive of classes, or have it written when the JVM ends.
     *
     * <p>An archive cut off by a kill has no header yet and is passed over by the JVM; so is one of another Java. One
     * of a start that failed halfway, such as by a misspelt option, would lack most classes for good: it is written
     * anew.
     */
    List<String> archive() throws IOException {
        Path archive = home.resolve("classes-" + Runtime.version() + ".jsa");
        if (!Files.exists(archive) || !Files.exists(home.resolve(READY))) {
            Files.deleteIfExists(archive);
            Files.deleteIfExists(home.resolve(READY));
        }
        List<String> options =
                new ArrayList<>(List.of("-D" + HOME + "=" + home, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
        if (Runtime.version().feature() >= 19) {
            options.add("-XX:+AutoCreateSharedArchive");
            options.add("-XX:SharedArchiveFile=" + archive);
        } else {
            options.add((Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive);
        }
        return options;
    }

    /** Says that this start was whole, so that the archive it leaves is worth keeping. */
    static void started() {
        String home = System.getProperty(HOME);
        try {
            if (home != null && !Files.exists(Path.of(home, READY))) {
                Files.createFile(Path.of(home, READY));
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(FlatJar.class).warn("the next start will be as slow as this one: {}", e.toString());
        }
    }

    private static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path root =
                given == null || given.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(given);
        return root.resolve("dropship-hub").resolve("builds");
    }

    /** Size and time of change: another build has another of either, and reading 180 MB to be sure costs a second. */
    private static String build(Path nested) throws IOException {
        return Long.toHexString(Files.size(nested)) + "-"
                + Long.toHexString(Files.getLastModifiedTime(nested).toMillis());
    }

    private static void layOut(Path nested, Path home, String java) throws IOException {
        Path unfinished = Files.createTempDirectory(home.getParent(), "unfinished-");
        try {
            extract(nested, unfinished, java);
            Files.move(unfinished, home);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            // another hub of this build started at the same moment and was first: its layout is as good
            FileSystemUtils.deleteRecursively(unfinished);
        } catch (IOException e) {
            FileSystemUtils.deleteRecursively(unfinished);
            throw e;
        }
    }

    private static void extract(Path nested, Path into, String java) throws IOException {
        Process process = new ProcessBuilder(
                        java,
                        "-Djarmode=tools",
                        "-jar",
                        nested.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        into.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new FileSystemException(nested.toString(), into.toString(), "cannot be laid out");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + nested + " was laid out", e);
        }
    }

    private static void removeUnused(Path builds) throws IOException {
        Instant since = Instant.now().minus(UNUSED);
        try (Stream<Path> all = Files.list(builds)) {
            for (Path build : all.toList()) {
                if (Files.getLastModifiedTime(build).toInstant().isBefore(since)) {
                    FileSystemUtils.deleteRecursively(build);
                }
            }
        }
    }
}
