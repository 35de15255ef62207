package hub.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM of its own whose heap is filled for real. */
class JvmMachineTest {

    /** Small, so that what collects in regions wastes none. Unit: bytes. */
    private static final int PIECE = 16 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC"})
    void heap_that_fills_pauses_and_goes_on_when_it_is_let_go_whatever_collects_it(String collector) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        collector,
                        "-cp",
                        System.getProperty("java.class.path"),
                        JvmMachineTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("said "))
                .toList();

        assertThat(jvm.waitFor()).isZero();
        assertThat(said).containsExactly("said garbage false", "said full true", "said empty false");
    }

    /** Makes garbage, keeps 85 % of what lives long, lets it go, and says each time whether that is a pause. */
    public static void main(String[] none) throws InterruptedException {
        JvmMachine machine = new JvmMachine();
        Duration minute = Duration.ofMinutes(1);
        Load load = new Load(
                machine,
                () -> false,
                new LoadOptions(0.8, 0.7, minute, 0.7, 0.6, minute, minute),
                new DefaultCamelContext(),
                Clock.systemUTC(),
                new SimpleMeterRegistry());
        long bytes = 0;
        for (int i = 0; i < 16_000; i++) {
            bytes += new byte[PIECE].length;
        }
        load.look();
        say("garbage", load, bytes);

        List<byte[]> kept = new ArrayList<>();
        long target = machine.most() * 85 / 100;
        while (machine.used() < target) {
            kept.add(new byte[PIECE]);
            if (kept.size() % 256 == 0) {
                System.gc(); // moves what was made where what lives long is
            }
        }
        System.gc();
        load.look();
        say("full", load, kept.size());

        kept.clear();
        System.gc();
        load.look();
        say("empty", load, kept.size());
    }

    private static void say(String what, Load load, long unused) {
        System.out.println("said " + what + " " + load.isPaused() + (unused < 0 ? "!" : ""));
    }
}
