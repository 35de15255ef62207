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

/**
 * A JVM of the hub's own size.
 *
 * <p>{@code java -jar} without memory options lets the heap grow to a quarter of the machine, and nothing in a jar can
 * say otherwise. So the process replaces itself by one with the options below: same process id, same arguments. Whoever
 * gives a heap size, or sets {@code HUB_JVM=as-is}, is left alone; so is a system without {@code execv}.
 */
final class OwnJvm {

    private static final List<String> OPTIONS = List.of(
            "-Xms64m",
            "-Xmx320m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=25",
            "-XX:ReservedCodeCacheSize=96m",
            "-XX:+ExitOnOutOfMemoryError");

    private OwnJvm() {}

    /** The part of the C library that replaces a process. */
    interface C extends Library {
        int execv(String path, String[] arguments) throws LastErrorException;
    }

    /** Returns only when this JVM is to stay. */
    static void take() {
        Path own = Path.of("/proc/self/cmdline");
        if (sized() || "as-is".equals(System.getenv("HUB_JVM")) || !Files.isReadable(own)) {
            return;
        }
        try {
            List<String> command = new ArrayList<>(
                    List.of(Files.readString(own, StandardCharsets.UTF_8).split("\0", -1)));
            command.remove(command.size() - 1);
            command.addAll(1, OPTIONS);
            String java = Path.of("/proc/self/exe").toRealPath().toString();
            Native.load("c", C.class).execv(java, command.toArray(String[]::new));
        } catch (IOException | LastErrorException | UnsatisfiedLinkError e) {
            System.setProperty("hub.jvm", "as given: " + e.getMessage());
        }
    }

    private static boolean sized() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .anyMatch(option -> option.startsWith("-Xmx")
                        || option.startsWith("-XX:MaxHeapSize")
                        || option.startsWith("-XX:MaxRAM")
                        || option.startsWith("-agentlib:jdwp"));
    }
}
