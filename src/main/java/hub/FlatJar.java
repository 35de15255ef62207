package hub;

import hub.embedded.UserCache;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The hub's jar laid out flat: the application's classes in one plain jar, its libraries beside it.
 *
 * <p>Looking a class up in the nested jar is near half of a start, and the JVM shares no class archive over it. So the
 * first start lays the jar out in the {@link UserCache}, a folder for each build, by Spring Boot's own {@code extract};
 * a JVM that ends writes the classes it had loaded next to it, and the next start of the same build on the same Java
 * maps that file in. Builds that no process runs and none was started from for two weeks are removed.
 *
 * @param home the folder of this build
 */
record FlatJar(Path home) {

    /** The system property that names the file by which a start says that it was whole. */
    private static final String WHOLE = "hub.start.whole";

    private static final Duration UNUSED = Duration.ofDays(14);

    /**
     * The layout of {@code nested}, made when it is not there yet.
     *
     * @throws IOException when the cache cannot be written or {@code extract} fails; nothing half done is left
     */
    static FlatJar of(Path nested, String java) throws IOException {
        Path builds = UserCache.folder()
                .orElseThrow(() -> new NoSuchFileException("the home of this user"))
                .resolve("builds");
        FlatJar flat = new FlatJar(builds.resolve(fingerprint(nested)));
        if (!Files.isRegularFile(flat.jar())) {
            removeUnused(builds);
            FileSystemUtils.deleteRecursively(flat.home); // what a cleaner of caches may have left
            UserCache.fill(flat.home, folder -> extract(nested, folder, java));
        }
        Files.setLastModifiedTime(flat.home, FileTime.from(Instant.now()));
        return flat;
    }

    /** The plain jar, which names its libraries in its manifest. */
    Path jar() {
        return home.resolve("dropship-hub.jar");
    }

    /**
     * The options that read the archive of classes, or have it written when the JVM ends.
     *
     * <p>An archive cut off by a kill has no header yet and is passed over by the JVM. One of a start that failed
     * halfway, such as by a misspelt option, would lack most classes for good: it is written anew.
     */
    List<String> archive() throws IOException {
        Path archive = home.resolve("classes-" + Runtime.version() + ".jsa");
        Path whole = home.resolve("classes-" + Runtime.version() + ".whole");
        if (!Files.exists(archive) || !Files.exists(whole)) {
            Files.deleteIfExists(archive);
            Files.deleteIfExists(whole);
        }
        List<String> options =
                new ArrayList<>(List.of("-D" + WHOLE + "=" + whole, "-Xlog:cds=off", "-Xlog:cds+dynamic=off"));
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
        String whole = System.getProperty(WHOLE);
        try {
            if (whole != null && !Files.exists(Path.of(whole))) {
                Files.createFile(Path.of(whole));
            }
        } catch (IOException e) {
            LoggerFactory.getLogger(FlatJar.class).warn("the next start will be as slow as this one: {}", e.toString());
        }
    }

    /** By the jar's own directory of checksums, so that its 180 MB need not be read at each start. */
    private static String fingerprint(Path nested) throws IOException {
        CRC32 sum = new CRC32();
        try (ZipFile jar = new ZipFile(nested.toFile())) {
            jar.stream().forEach(entry -> sum.update((entry + " " + entry.getCrc()).getBytes(StandardCharsets.UTF_8)));
        }
        return String.format(Locale.ROOT, "%08x-%x", sum.getValue(), Files.size(nested));
    }

    private static void extract(Path nested, Path into, String java) throws IOException {
        List<String> command = new ArrayList<>(List.of(java, "-Djarmode=tools", "-jar", nested.toString(), "extract"));
        command.addAll(List.of("--force", "--application-filename", "dropship-hub.jar"));
        command.addAll(List.of("--destination", into.toString()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(nested + " cannot be laid out in " + into + ": extract ended with " + code);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + nested + " was laid out", e);
        }
    }

    private static void removeUnused(Path builds) throws IOException {
        if (!Files.isDirectory(builds)) {
            return;
        }
        Instant since = Instant.now().minus(UNUSED);
        try (Stream<Path> all = Files.list(builds)) {
            for (Path build : all.toList()) {
                if (Files.getLastModifiedTime(build).toInstant().isBefore(since) && !runs(build)) {
                    FileSystemUtils.deleteRecursively(build);
                }
            }
        }
    }

    /** A JVM opens the jars of its class path one by one, some of them late. */
    private static boolean runs(Path build) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine())
                .flatMap(Optional::stream)
                .anyMatch(line -> line.contains(build.toString()));
    }
}
