package hub.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

class ConversionsTest {

    private static final ImageRule ONE_MARKET = rule(600);
    private static final ImageRule SAME_AT_ANOTHER = rule(600);
    private static final ImageRule SMALLER = rule(400);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final JdbcClient database = JdbcClient.create(TestDatabase.fresh());
    private final ImageBook book = new ImageBook(database, meters);
    private final Workbench bench = new Workbench(2);

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void same_image_twice_is_one_conversion_for_all_markets_that_take_the_same() throws Exception {
        Conversions conversions = new Conversions(pictures("100MB"), bench, book);
        byte[] file = Samples.file("png", 1_200, 1_200);
        String hash = DigestUtils.sha256Hex(file);
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            asked.add(conversions.make(hash, file, PictureHeader.of(file), i % 2 == 0 ? ONE_MARKET : SAME_AT_ANOTHER));
        }
        for (CompletableFuture<String> key : asked) {
            assertThat(key.get()).isEqualTo(asked.get(0).get());
        }
        conversions.make(hash, file, PictureHeader.of(file), ONE_MARKET).get();
        assertThat(made("converted")).isEqualTo(1);

        conversions.make(hash, file, PictureHeader.of(file), SMALLER).get();
        assertThat(made("converted")).as("another rule is another picture").isEqualTo(2);
        assertThat(files()).hasSize(2);
    }

    @Test
    void what_cannot_be_made_is_refused_to_all_who_wait_and_to_those_who_come_later() {
        Conversions conversions = new Conversions(pictures("100MB"), bench, book);
        byte[] small = Samples.file("jpg", 100, 100);

        for (int i = 0; i < 2; i++) {
            CompletableFuture<String> key =
                    conversions.make(DigestUtils.sha256Hex(small), small, PictureHeader.of(small), ONE_MARKET);
            assertThatThrownBy(key::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ImageRefusedException.class)
                    .hasMessageContaining("100 x 100");
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void bytes_are_summed_up_by_day_over_processes() throws Exception {
        Conversions conversions = new Conversions(pictures("100MB"), bench, book);
        byte[] bmp = Samples.file("bmp", 1_000, 1_000);
        book.fetched(bmp.length);
        String key = conversions
                .make(DigestUtils.sha256Hex(bmp), bmp, PictureHeader.of(bmp), ONE_MARKET)
                .get();
        book.write();
        ImageBook other = new ImageBook(database, new SimpleMeterRegistry());
        other.refused(ImageProblem.ANIMATED);
        other.write();
        other.write();

        ImageDay day = book.days(10).get(0);
        long out = Files.size(folder.resolve(key));
        assertThat(book.days(10)).hasSize(1);
        assertThat(day.converted()).isEqualTo(1);
        assertThat(day.refused()).isEqualTo(1);
        assertThat(day.bytesIn()).isEqualTo(bmp.length);
        assertThat(day.bytesOut()).isEqualTo(out);
        assertThat(day.bytesSaved()).isEqualTo(bmp.length - out).isPositive();
        assertThat(meters.get("hub.images.bytes").tag("way", "saved").counter().count())
                .isEqualTo((double) (bmp.length - out));
    }

    @Test
    void folder_keeps_to_its_room_and_its_time_and_the_newest_stay() throws Exception {
        PictureFolder pictures = pictures("100MB");
        byte[] heavy = new byte[9 * 1024 * 1024];
        for (int i = 0; i < 12; i++) {
            String key = pictures.store(hash(i), ONE_MARKET, new Picture(heavy, PictureFormat.JPEG, 1, 1, true));
            Files.setLastModifiedTime(
                    folder.resolve(key), FileTime.from(Instant.now().minusSeconds(100 - i)));
        }
        pictures.sweep();
        assertThat(files().stream().mapToLong(file -> file.toFile().length()).sum())
                .isLessThanOrEqualTo(100L * 1024 * 1024);
        assertThat(pictures.find(hash(0), ONE_MARKET)).isEmpty();
        assertThat(pictures.find(hash(11), ONE_MARKET)).isPresent();

        for (Path file : files()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        }
        assertThat(pictures.find(hash(11), ONE_MARKET)).isEmpty();
        pictures.sweep();
        assertThat(files()).isEmpty();
    }

    @Test
    void key_leads_nowhere_else() throws IOException {
        PictureFolder pictures = pictures("100MB");
        Files.writeString(folder.resolveSibling("secret.jpg"), "x");
        for (String key : List.of("../secret.jpg", "/etc/passwd", "", hash(1) + "-0123456789ab.jpg")) {
            assertThatThrownBy(() -> pictures.file(key)).isInstanceOf(IOException.class);
        }
    }

    private static String hash(int n) {
        return DigestUtils.sha256Hex(String.valueOf(n));
    }

    private double made(String what) {
        return meters.get("hub.images").tag("what", what).counter().count();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private PictureFolder pictures(String room) {
        return new PictureFolder(
                new ImageOptions(
                        Map.of(),
                        folder,
                        DataSize.parse(room),
                        Duration.ofHours(24),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        1,
                        1,
                        Duration.ofDays(2)),
                Clock.systemUTC());
    }

    private static ImageRule rule(int maxSide) {
        return new ImageRule(
                false,
                Set.of(PictureFormat.JPEG),
                300,
                maxSide,
                0,
                DataSize.ofMegabytes(3),
                PictureQuality.HIGH,
                PictureQuality.MEDIUM,
                10);
    }
}
