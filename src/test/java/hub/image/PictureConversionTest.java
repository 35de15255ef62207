package hub.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class PictureConversionTest {

    private static final ImageRule JPEG_ONLY = rule(1, PictureQuality.MEDIUM, PictureFormat.JPEG);
    private static final ImageRule WEBP_TOO = rule(0, PictureQuality.MEDIUM, PictureFormat.JPEG, PictureFormat.WEBP);

    @Test
    void large_png_becomes_a_square_jpeg_within_the_rule() throws IOException {
        Picture made = PictureConversion.fit(Samples.file("png", 1200, 800), JPEG_ONLY);

        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(made.bytes()));
        assertThat(PictureFormat.of(made.bytes())).contains(PictureFormat.JPEG);
        assertThat(seen.getWidth()).isEqualTo(600);
        assertThat(seen.getHeight()).isEqualTo(600);
        assertThat(new Color(seen.getRGB(300, 10)).getGreen()).isGreaterThan(240);
    }

    @Test
    void webp_is_written_only_where_it_is_taken_and_smaller() throws IOException {
        byte[] file = Samples.file("png", 1200, 800);

        Picture webp = PictureConversion.fit(file, WEBP_TOO);
        Picture jpeg = PictureConversion.fit(file, rule(0, PictureQuality.HIGH, PictureFormat.JPEG));

        assertThat(PictureFormat.of(webp.bytes())).contains(PictureFormat.WEBP);
        assertThat(webp.bytes().length).isLessThan(jpeg.bytes().length);
        assertThat(PictureFormat.of(jpeg.bytes())).contains(PictureFormat.JPEG);
    }

    @Test
    void lower_quality_weighs_less() throws IOException {
        byte[] file = Samples.file("png", 700, 700);

        int thumbnail = PictureConversion.fit(file, rule(1, PictureQuality.THUMBNAIL, PictureFormat.JPEG))
                .bytes()
                .length;
        int medium = PictureConversion.fit(file, JPEG_ONLY).bytes().length;
        int high = PictureConversion.fit(file, rule(1, PictureQuality.HIGH, PictureFormat.JPEG))
                .bytes()
                .length;

        assertThat(thumbnail).isLessThan(medium);
        assertThat(medium).isLessThan(high);
    }

    @Test
    void lossless_file_within_the_rule_is_written_anew_only_where_that_is_lighter() {
        ImageRule png = rule(0, PictureQuality.HIGH, PictureFormat.JPEG, PictureFormat.PNG);
        byte[] flat = Samples.file("png", 500, 500);

        Picture kept = PictureConversion.fit(flat, png);
        Picture bmp = PictureConversion.fit(
                Samples.file("bmp", 500, 500), rule(0, PictureQuality.HIGH, PictureFormat.JPEG, PictureFormat.BMP));

        assertThat(kept.kept()).as("flat colours weigh less as PNG").isTrue();
        assertThat(kept.bytes()).isSameAs(flat);
        assertThat(bmp.kept()).isFalse();
        assertThat(bmp.format()).isEqualTo(PictureFormat.JPEG);
        assertThat(bmp.bytes().length).isLessThan(500 * 500 * 3);
    }

    @Test
    void transparent_part_becomes_white() throws IOException {
        Picture made = PictureConversion.fit(Samples.alpha(800, 800), JPEG_ONLY);

        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(made.bytes()));
        assertThat(new Color(seen.getRGB(300, 550)).getRed()).isGreaterThan(240);
        assertThat(new Color(seen.getRGB(300, 550)).getGreen()).isGreaterThan(240);
    }

    @Test
    void webp_is_read_where_it_is_not_taken() throws IOException {
        byte[] webp =
                PictureConversion.fit(Samples.file("png", 1200, 800), WEBP_TOO).bytes();

        Picture made = PictureConversion.fit(webp, JPEG_ONLY);

        assertThat(PictureFormat.of(webp)).contains(PictureFormat.WEBP);
        assertThat(made.format()).isEqualTo(PictureFormat.JPEG);
        assertThat(made.width()).isEqualTo(600).isEqualTo(made.height());
        assertThat(made.kept()).isFalse();
    }

    @Test
    void only_every_so_many_pixels_of_a_huge_picture_are_read() throws IOException {
        byte[] huge = Samples.file("jpg", 6_000, 4_500);
        int step = SourceRegion.step(PictureHeader.of(huge), 600);

        assertThat(SourceRegion.read(huge, step).getWidth()).isEqualTo(1_200);
        assertThat(PictureConversion.fit(huge, JPEG_ONLY).width()).isEqualTo(600);
    }

    @Test
    void what_is_packed_beside_the_pixels_is_not_unpacked() {
        byte[] bomb = Samples.longComment(300);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        PictureConversion.fit(Samples.file("png", 400, 400), JPEG_ONLY);

        long before = threads.getCurrentThreadAllocatedBytes();
        PictureConversion.fit(bomb, JPEG_ONLY);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000_000);
    }

    @Test
    void jpeg_of_very_many_scans_is_refused_by_its_blocks() {
        byte[] jpeg = Samples.file("jpg", 200, 200);

        assertThat(PictureHeader.of(Samples.scans(jpeg, 90)).width()).isEqualTo(200);
        assertThatThrownBy(() -> PictureHeader.of(Samples.scans(jpeg, 101))).hasMessageContaining("scans");
    }

    @Test
    void huge_picture_is_never_whole_in_the_memory() {
        ImageRule large = new ImageRule(
                false,
                Set.of(PictureFormat.JPEG),
                300,
                5_000,
                0,
                DataSize.ofMegabytes(20),
                PictureQuality.THUMBNAIL,
                PictureQuality.THUMBNAIL,
                10);
        byte[] webp = Samples.file("webp", 6_400, 6_000);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (byte[] huge : List.of(Samples.file("jpg", 6_400, 6_000), Samples.alpha(6_400, 6_000), webp)) {
            long before = threads.getCurrentThreadAllocatedBytes();
            Picture made = PictureConversion.fit(huge, large);
            assertThat(made.width()).isGreaterThanOrEqualTo(3_000);
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as(PictureFormat.of(huge) + " of 38 megapixels would be 154 MB decoded")
                    .isLessThan(150_000_000);
        }
    }

    @Test
    void file_cut_short_is_refused_even_where_it_would_fit_as_it_is() {
        for (String format : new String[] {"jpg", "png", "gif", "bmp"}) {
            byte[] whole = Samples.file(format, 500, 500);
            assertThat(PictureHeader.of(whole).width()).isEqualTo(500);
            assertThatThrownBy(() -> PictureHeader.of(Samples.cut(whole)))
                    .as(format)
                    .hasMessageContaining("cut short");
        }
    }

    @Test
    void file_that_fits_goes_as_it_is() throws IOException {
        byte[] file = Samples.file("jpg", 500, 500);

        assertThat(PictureConversion.fit(file, rule(1, PictureQuality.HIGH, PictureFormat.JPEG))
                        .bytes())
                .isSameAs(file);
    }

    @Test
    void exif_rotation_is_applied() throws IOException {
        ImageRule free = rule(0, PictureQuality.HIGH, PictureFormat.JPEG);

        Picture made = PictureConversion.fit(Samples.turned(Samples.file("jpg", 500, 300), 6), free);

        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(made.bytes()));
        assertThat(seen.getWidth()).isEqualTo(300);
        assertThat(seen.getHeight()).isEqualTo(500);
        assertThat(new Color(seen.getRGB(290, 10)).getRed())
                .as("top left went to top right")
                .isGreaterThan(200);
        assertThat(new Color(seen.getRGB(290, 10)).getBlue()).isLessThan(80);
    }

    @Test
    void bomb_is_refused_by_its_header() throws IOException {
        assertThatThrownBy(() -> PictureHeader.of(Samples.lying(50_000, 50_000)))
                .hasMessageContaining("50000 x 50000");
    }

    @Test
    void picture_that_weighs_too_much_is_written_in_the_next_lower_quality() {
        byte[] file = Samples.file("png", 2_000, 2_000);
        int high = weight(file, rule(0, PictureQuality.HIGH, PictureFormat.JPEG));
        int medium = weight(file, rule(0, PictureQuality.MEDIUM, PictureFormat.JPEG));
        int thumbnail = weight(file, rule(0, PictureQuality.THUMBNAIL, PictureFormat.JPEG));

        assertThat(weight(file, atMost(high))).isEqualTo(high);
        assertThat(weight(file, atMost(high - 1))).isEqualTo(medium);
        assertThat(weight(file, atMost(medium - 1))).isEqualTo(thumbnail);
        assertThatThrownBy(() -> weight(file, atMost(thumbnail - 1))).hasMessageContaining("lowest quality");
    }

    @Test
    void pictures_after_the_main_one_have_a_quality_of_their_own() {
        byte[] file = Samples.file("png", 2_000, 2_000);
        ImageRule rule = atMost(1_000_000);

        assertThat(weight(file, rule.afterMain()))
                .isEqualTo(weight(file, rule(0, PictureQuality.MEDIUM, PictureFormat.JPEG)))
                .isLessThan(weight(file, rule));
    }

    private static int weight(byte[] file, ImageRule rule) {
        return PictureConversion.fit(file, rule).bytes().length;
    }

    private static ImageRule atMost(int bytes) {
        return new ImageRule(
                false,
                Set.of(PictureFormat.JPEG),
                100,
                600,
                0,
                DataSize.ofBytes(bytes),
                PictureQuality.HIGH,
                PictureQuality.MEDIUM,
                10);
    }

    @Test
    void heavy_animated_and_foreign_files_are_refused() throws IOException {
        byte[] gif = Samples.file("gif", 200, 200);
        assertThat(PictureHeader.of(gif).width()).isEqualTo(200);
        assertThatThrownBy(() -> PictureHeader.of(Samples.fiveFrames())).hasMessageContaining("animated");
        assertThatThrownBy(() -> PictureHeader.of(new byte[PictureHeader.MAX_BYTES + 1]))
                .hasMessageContaining("bytes");
        assertThatThrownBy(() -> PictureHeader.of("<svg/>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessageContaining("not a picture");
    }

    @Test
    void small_or_cut_picture_is_refused() throws IOException {
        byte[] cut = Samples.cut(Samples.file("png", 1200, 800));

        assertThatThrownBy(() -> PictureConversion.fit(
                        Samples.file("jpg", 80, 80), rule(1, PictureQuality.HIGH, PictureFormat.JPEG)))
                .hasMessageContaining("80 x 80");
        ImageRule free = rule(0, PictureQuality.HIGH, PictureFormat.JPEG);
        byte[] strip = Samples.file("jpg", 3000, 150);
        assertThatThrownBy(() -> PictureConversion.fit(strip, free)).hasMessageContaining("600 x 30");
        assertThatThrownBy(() -> PictureConversion.fit(cut, rule(1, PictureQuality.HIGH, PictureFormat.JPEG)))
                .isInstanceOf(ImageRefusedException.class);
    }

    private static ImageRule rule(double ratio, PictureQuality quality, PictureFormat... formats) {
        return new ImageRule(
                false, Set.of(formats), 100, 600, ratio, DataSize.ofBytes(1_000_000), quality, quality, 10);
    }
}
