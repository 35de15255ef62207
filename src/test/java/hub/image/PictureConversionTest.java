package hub.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureConversionTest {

    private static final ImageRule JPEG_ONLY = new ImageRule(Set.of(PictureFormat.JPEG), 100, 600, true, 1_000_000);
    private static final ImageRule WEBP_TOO =
            new ImageRule(Set.of(PictureFormat.JPEG, PictureFormat.WEBP), 100, 600, false, 1_000_000);

    @Test
    void large_png_becomes_a_square_jpeg_within_the_rule() throws IOException {
        Picture made = PictureConversion.fit(file("png", 1200, 800), JPEG_ONLY, PictureQuality.MEDIUM);

        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(made.bytes()));
        assertThat(PictureFormat.of(made.bytes())).contains(PictureFormat.JPEG);
        assertThat(seen.getWidth()).isEqualTo(600);
        assertThat(seen.getHeight()).isEqualTo(600);
        assertThat(new Color(seen.getRGB(300, 10)).getGreen()).isGreaterThan(240);
    }

    @Test
    void webp_is_written_only_where_it_is_taken_and_smaller() throws IOException {
        byte[] file = file("png", 1200, 800);

        Picture webp = PictureConversion.fit(file, WEBP_TOO, PictureQuality.MEDIUM);
        Picture jpeg = PictureConversion.fit(
                file, new ImageRule(Set.of(PictureFormat.JPEG), 100, 600, false, 1_000_000), PictureQuality.MEDIUM);

        assertThat(PictureFormat.of(webp.bytes())).contains(PictureFormat.WEBP);
        assertThat(webp.bytes().length).isLessThan(jpeg.bytes().length);
        assertThat(PictureFormat.of(jpeg.bytes())).contains(PictureFormat.JPEG);
    }

    @Test
    void lower_quality_weighs_less() throws IOException {
        byte[] file = file("png", 700, 700);

        int thumbnail =
                PictureConversion.fit(file, JPEG_ONLY, PictureQuality.THUMBNAIL).bytes().length;
        int medium =
                PictureConversion.fit(file, JPEG_ONLY, PictureQuality.MEDIUM).bytes().length;
        int high = PictureConversion.fit(file, JPEG_ONLY, PictureQuality.HIGH).bytes().length;

        assertThat(thumbnail).isLessThan(medium);
        assertThat(medium).isLessThan(high);
    }

    @Test
    void file_that_fits_goes_as_it_is() throws IOException {
        byte[] file = file("jpg", 500, 500);

        assertThat(PictureConversion.fit(file, JPEG_ONLY, PictureQuality.HIGH).bytes())
                .isSameAs(file);
    }

    @Test
    void exif_rotation_is_applied() throws IOException {
        ImageRule free = new ImageRule(Set.of(PictureFormat.JPEG), 100, 600, false, 1_000_000);

        Picture made = PictureConversion.fit(turned(file("jpg", 500, 300), 6), free, PictureQuality.HIGH);

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
        byte[] bomb = file("png", 200, 200);
        ByteBuffer.wrap(bomb).putInt(16, 50_000).putInt(20, 50_000);
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(bomb, 12, 17);
        ByteBuffer.wrap(bomb).putInt(29, (int) crc.getValue());

        assertThatThrownBy(() -> PictureHeader.of(bomb)).hasMessageContaining("50000 x 50000");
    }

    @Test
    void heavy_animated_and_foreign_files_are_refused() throws IOException {
        byte[] gif = file("gif", 200, 200);
        int frame = gif.length - 1;
        byte[] twice = Arrays.copyOf(gif, frame + 14);
        byte[] second = {0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 0, 0x3B};
        System.arraycopy(second, 0, twice, frame, second.length);

        assertThat(PictureHeader.of(gif).width()).isEqualTo(200);
        assertThatThrownBy(() -> PictureHeader.of(twice)).hasMessageContaining("animated");
        assertThatThrownBy(() -> PictureHeader.of(new byte[PictureHeader.MAX_BYTES + 1]))
                .hasMessageContaining("bytes");
        assertThatThrownBy(() -> PictureHeader.of("<svg/>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasMessageContaining("not a picture");
    }

    @Test
    void small_or_cut_picture_is_refused() throws IOException {
        byte[] cut = Arrays.copyOf(file("png", 1200, 800), 400);

        assertThatThrownBy(() -> PictureConversion.fit(file("jpg", 80, 80), JPEG_ONLY, PictureQuality.HIGH))
                .hasMessageContaining("80 x 80");
        ImageRule free = new ImageRule(Set.of(PictureFormat.JPEG), 100, 600, false, 1_000_000);
        byte[] strip = file("jpg", 3000, 150);
        assertThatThrownBy(() -> PictureConversion.fit(strip, free, PictureQuality.HIGH))
                .hasMessageContaining("600 x 30");
        assertThatThrownBy(() -> PictureConversion.fit(cut, JPEG_ONLY, PictureQuality.HIGH))
                .isInstanceOf(ImageRefusedException.class);
    }

    /** Blue, its top left quarter red, and noise that a writer has to pay for. */
    private static byte[] file(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.BLUE);
        pen.fillRect(0, 0, width, height);
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height / 2);
        pen.setColor(Color.YELLOW);
        for (int x = width / 2; x < width; x += 7) {
            pen.drawLine(x, height / 2, width - x / 2, height);
        }
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    /** The JPEG with an EXIF block that holds nothing but the orientation. */
    private static byte[] turned(byte[] jpeg, int orientation) {
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 36);
        out.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) 34);
        out.put(new byte[] {'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1});
        out.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        out.putInt(0).put(jpeg, 2, jpeg.length - 2);
        return out.array();
    }
}
