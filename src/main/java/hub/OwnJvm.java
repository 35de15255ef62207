package hub;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * A JVM of the hub's own size, over a jar that starts fast.
 *
 * <p>{@code java -jar} without memory options lets the heap grow to a quarter of the machine, and nothing in a jar can
 * say otherwise; and it reads every class through a jar in a jar. So the process replaces itself by one with the
 * options below over the {@link FlatJar}: same process id, same arguments. Whoever gives a heap size keeps it; who
 * debugs or sets {@code HUB_JVM=as-is} is left alone; so is a system without {@code execv}.
 */
final class OwnJvm {

    private static final List<String> SIZE = List.of(
            "-Xms64m",
            "-Xmx320m",
            "-Xmn16m",
            "-Xss512k",
            "-XX:MetaspaceSize=160m", // smaller, it is reached a few times on the way up, by a full collection each
            "-XX:TieredStopAtLevel=1", // the second compiler is half of a start
            "-XX:+UseSerialGC",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+IgnoreUnrecognizedVMOptions", // the next one is there from 17.0.9 and 21 on
            "-XX:TrimNativeHeapInterval=20000",
            "-XX:+ExitOnOutOfMemoryError");

    private OwnJvm() {}

    /** The part of the C library that replaces a process. */
    interface C extends Library {
        int execv(String path, String[] arguments) throws LastErrorException;

        int setenv(String name, String value, int overwrite);
    }

    /** Returns only when this JVM is to stay. */
    static void take() {
        if ("as-is".equals(System.getenv("HUB_JVM"))
                || given("-agentlib:jdwp")
                || !Files.isReadable(Path.of("/proc/self/cmdline"))) {
            return;
        }
        try {
            String java = Path.of("/proc/self/exe").toRealPath().toString();
            List<String> now = commandLine();
            List<String> wanted = wanted(now, java);
            if (!wanted.equals(now)) {
                C c = Native.load("c", C.class);
                // each malloc arena of glibc keeps what it once held; by default there are eight a core
                c.setenv("MALLOC_ARENA_MAX", "2", 0);
                c.execv(java, wanted.toArray(String[]::new));
            }
        } catch (IOException | LastErrorException | UnsatisfiedLinkError e) {
            System.setProperty("hub.jvm", "as given: " + e.getMessage());
        }
    }

    private static List<String> commandLine() throws IOException {
        String line = Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8);
        return List.of(line.substring(0, line.length() - 1).split("\0", -1));
    }

    private static List<String> wanted(List<String> now, String java) {
        List<String> wanted = new ArrayList<>(now);
        if (!sized()) {
            wanted.addAll(1, SIZE);
        }
        layFlat(wanted, java);
        return wanted;
    }

    /** Only a jar in which jars are nested is laid out: under {@code spring-boot:run} there is none. */
    private static void layFlat(List<String> command, String java) {
        int jar = command.indexOf("-jar") + 1;
        if (jar == 0 || OwnJvm.class.getResource("/BOOT-INF/classpath.idx") == null) {
            return;
        }
        try {
            FlatJar flat = FlatJar.of(Path.of(command.get(jar)), java);
            command.set(jar, flat.jar().toString());
            command.addAll(1, new ClassArchive(flat.home()).options());
        } catch (IOException e) {
            LoggerFactory.getLogger(OwnJvm.class)
                    .warn(
                            "the jar is read as it is, which makes the start slower: {}; name a writable folder in XDG_CACHE_HOME",
                            e.toString());
        }
    }

    private static boolean sized() {
        return given("-Xmx") || given("-XX:MaxHeapSize") || given("-XX:MaxRAM");
    }

    private static boolean given(String option) {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(argument -> argument.startsWith(option));
    }
}
