package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A catalogue in one answer: 80,000 products, some 60 MB, which as one tree would not fit, through a hub of its own
 * with 256 MB, which is killed in the middle of the first download.
 */
class LargeCatalogueTest {

    private static final int PRODUCTS = 80_000;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Pattern FULL = Pattern.compile("Pause Full \\(.*\\) \\d+M->(\\d+)M\\((\\d+)M\\)");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process hub : started) {
            hub.destroy();
            hub.waitFor(30, TimeUnit.SECONDS);
            hub.destroyForcibly();
        }
    }

    @Test
    void catalogue_larger_than_the_heap_is_stored_in_flat_memory_though_the_hub_is_killed_meanwhile() throws Exception {
        try (LargeCatalogue supplier = new LargeCatalogue(PRODUCTS)) {
            Process first = start(supplier);
            await().atMost(LONG).until(() -> count("product") >= 20_000);
            first.destroyForcibly().waitFor();
            long stored = count("product");
            assertThat(stored).isLessThan(PRODUCTS);
            assertThat(count("cursor where state -> 'open' is not null"))
                    .as("a place in the document is not gone on with")
                    .isZero();

            Process second = start(supplier);
            while (count("cursor where state ->> 'wholeAt' is not null") == 0) {
                assertThat(second.isAlive()).isTrue();
                collect(second);
                TimeUnit.SECONDS.sleep(2);
            }

            assertThat(supplier.downloads()).isEqualTo(2);
            assertThat(count("product where state = 'active' and complete")).isEqualTo(PRODUCTS);
            assertThat(count("product_stock")).isEqualTo(2 * PRODUCTS);
            assertThat(count("product where missing_since is not null")).isZero();
            assertThat(count("product_reject") + count("feed_hold")).isZero();
            List<Integer> live = live();
            assertThat(live).as("live MB after each collection").hasSizeGreaterThan(3);
            int middle = live.size() / 2;
            assertThat(live.get(live.size() - 1) - live.get(middle))
                    .as("live MB after each collection: %s", live)
                    .isLessThan(24);
            assertThat(live).allSatisfy(megabytes -> assertThat(megabytes).isLessThan(160));
        }
    }

    /** A full collection, asked for from outside: what is live then is what is needed. */
    private static void collect(Process hub) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(hub.pid()), "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private List<Integer> live() throws IOException {
        List<Integer> live = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("gc-2.log"))) {
            Matcher full = FULL.matcher(line);
            if (full.find()) {
                live.add(Integer.parseInt(full.group(1)));
            }
        }
        return live;
    }

    private Process start(LargeCatalogue supplier) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=" + folder.resolve("gc-" + (started.size() + 1) + ".log"),
                "-cp",
                System.getProperty("java.class.path"),
                HubApplication.class.getName(),
                "--server.port=0",
                "--management.server.port=" + TestRedis.freePort(),
                "--hub.embedded.data=" + folder.resolve("data"),
                "--hub.console.password-file=" + folder.resolve("console-password"),
                "--hub.handoff.folder=" + folder.resolve("handoff"),
                "--hub.sandbox.enabled=false",
                "--hub.partners.zentrade.base-url=" + supplier.url(),
                "--hub.partners.zentrade.id=me",
                "--hub.partners.zentrade.key=a-key"));
        for (String other : List.of("ownerclan", "domeggook", "coupang", "naver")) {
            command.add("--hub.partners." + other + ".enabled=false");
        }
        ProcessBuilder hub = new ProcessBuilder(command);
        hub.environment().put("HUB_JVM", "as-is");
        File log = folder.resolve("hub-" + (started.size() + 1) + ".log").toFile();
        Process process = hub.redirectErrorStream(true).redirectOutput(log).start();
        started.add(process);
        return process;
    }

    /** 0 as long as nobody answers. */
    private long count(String what) throws IOException {
        Path data = folder.resolve("data");
        if (!Files.exists(data.resolve("postgres.port"))) {
            return 0;
        }
        String url = "jdbc:postgresql://127.0.0.1:"
                + Files.readString(data.resolve("postgres.port")).strip() + "/hub";
        String password = Files.readString(data.resolve("postgres.password")).strip();
        try (Connection database = DriverManager.getConnection(url, "hub", password);
                ResultSet counted = database.createStatement().executeQuery("select count(*) from " + what)) {
            counted.next();
            return counted.getLong(1);
        } catch (SQLException e) {
            return 0; // not there yet
        }
    }
}
