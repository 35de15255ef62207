package hub.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page of 10 MB and a bomb of 2 GB against a process of its own with 512 MB. */
class BombTest {

    private static final long AT_ONCE = 200;
    private static final long HEAP = 512L << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void page_and_bomb_are_refused_at_once_by_a_process_of_512_MB() throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BombMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(said, StandardCharsets.UTF_8);

        assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
        assertThat(median(lines, "page")).isLessThan(AT_ONCE);
        assertThat(median(lines, "bomb")).isLessThan(AT_ONCE);
        assertThat(lines.stream().filter(line -> line.startsWith("refused")))
                .hasSize(24)
                .allMatch(line -> Long.parseLong(line.split(" ", -1)[5]) <= HEAP);
    }

    /** The middle one: a machine that does something else in between shall not decide. */
    private static long median(List<String> lines, String what) {
        List<Long> took = lines.stream()
                .filter(line -> line.startsWith("refused " + what))
                .map(line -> Long.parseLong(line.split(" ", -1)[2]))
                .sorted()
                .toList();
        return took.get(took.size() / 2);
    }
}
