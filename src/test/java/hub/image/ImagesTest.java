package hub.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.TestDatabase;
import hub.catalog.RejectsOf;
import hub.partner.FileFitting;
import hub.partner.FileRefusedException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

class ImagesTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DataSource database = TestDatabase.fresh();
    private final Images images = new Images(
            new ImageOptions(
                    Duration.ofHours(1),
                    DataSize.ofMegabytes(16),
                    Map.of(
                            "naver",
                            market(PictureFormat.JPEG, PictureFormat.PNG),
                            "other",
                            market(PictureFormat.JPEG))),
            RejectsOf.database(database),
            meters);

    @Test
    void picture_that_fits_goes_as_it_is_under_its_own_name() throws IOException {
        byte[] png = file("png", 300, 200);

        FileFitting.Fitted fitted = images.fit("naver", png);

        assertThat(fitted.bytes()).isSameAs(png);
        assertThat(fitted.mediaType()).isEqualTo("image/png");
        assertThat(fitted.extension()).isEqualTo("png");
        assertThat(count("kept")).isEqualTo(1);
    }

    @Test
    void same_picture_is_made_once() throws IOException {
        byte[] large = file("bmp", 1600, 900);

        byte[] first = images.fit("naver", large).bytes();

        assertThat(images.fit("naver", large.clone()).bytes()).isSameAs(first);
        assertThat(first.length).isLessThan(large.length);
        assertThat(count("converted")).isEqualTo(2);
        assertThat(meters.counter("hub.images.bytes", "market", "naver", "of", "saved")
                        .count())
                .isEqualTo(2.0 * (large.length - first.length));
    }

    @Test
    void market_that_takes_another_format_gets_another_picture() throws IOException {
        FileFitting.Fitted fitted = images.fit("other", file("png", 300, 200));

        assertThat(fitted.mediaType()).isEqualTo("image/jpeg");
        assertThat(ImageIO.read(new ByteArrayInputStream(fitted.bytes())).getWidth())
                .isEqualTo(300);
    }

    @Test
    void one_of_40_megapixels_is_made_smaller_and_several_at_once_take_turns() throws IOException {
        byte[] huge = file("jpg", 7900, 5000);

        List<CompletableFuture<byte[]>> all = IntStream.range(0, 4)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> fitted(huge)))
                .toList();

        for (CompletableFuture<byte[]> one : all) {
            BufferedImage seen = ImageIO.read(new ByteArrayInputStream(one.join()));
            assertThat(seen.getWidth()).isEqualTo(800);
            assertThat(seen.getHeight()).isBetween(505, 507);
        }
    }

    @Test
    void what_is_no_picture_is_refused_and_stands_in_the_rejects() {
        assertThatThrownBy(() -> images.fit("naver", "<html>".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isInstanceOf(FileRefusedException.class)
                .hasMessageContaining("not a picture");

        images.leftOut(
                "naver",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("supplier", "acme")
                        .put("sku", "W1")
                        .put("url", "https://img.example/1.html"),
                "not a picture");

        assertThat(count("refused")).isEqualTo(1);
        assertThat(new JdbcTemplate(database)
                        .queryForList("select sku || ' ' || reason || ' ' || value from product_reject", String.class))
                .containsExactly("W1 naver gets the product without it: not a picture https://img.example/1.html");
    }

    private byte[] fitted(byte[] file) {
        try {
            return images.fit("naver", file).bytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private double count(String result) {
        return meters.counter("hub.images", "market", "naver", "result", result).count();
    }

    private static ImageOptions.Market market(PictureFormat... formats) {
        return new ImageOptions.Market(
                Set.of(formats), 100, 800, false, DataSize.ofMegabytes(1), PictureQuality.MEDIUM);
    }

    private static byte[] file(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.ORANGE);
        pen.fillRect(width / 4, height / 4, width / 2, height / 2);
        for (int x = 0; x < width; x += 5) {
            pen.drawLine(x, 0, width - x, height / 5);
        }
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }
}
