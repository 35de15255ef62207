package hub.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ScreeningTest {

    private static final ImageRule RULE = new ImageRule(
            true,
            Set.of(PictureFormat.JPEG),
            500,
            5000,
            1,
            DataSize.ofMegabytes(3),
            PictureQuality.HIGH,
            PictureQuality.MEDIUM,
            10);
    private static final Sighting GOOD =
            new Sighting("hash", new PictureHeader(PictureFormat.JPEG, 600, 600, 1), 1000, null);

    private final Screening open = new Screening(RULE, false);

    @Test
    void market_gets_the_address_as_it_was_fetched() {
        assertThat(open.of(0, " //img.example/상품 1.jpg ", GOOD).hosted())
                .isEqualTo("https://img.example/%EC%83%81%ED%92%88%201.jpg");
        assertThat(open.of(0, "http://img.example:80/a.jpg?b=%20", GOOD).hosted())
                .isEqualTo("http://img.example:80/a.jpg?b=%20");
    }

    @Test
    void address_that_the_market_refuses_is_left_out_with_what_to_do() {
        assertThatThrownBy(() -> open.of(0, "https://img.example:8443/a.jpg", GOOD))
                .isInstanceOf(ImageRefusedException.class)
                .hasMessage("its address has port 8443; the market fetches from ports 80 and 443 only; offer it there");
        assertThatThrownBy(() -> open.of(0, "https://img.example/" + "a".repeat(181), GOOD))
                .isInstanceOf(ImageRefusedException.class)
                .hasMessage("its address has 201 characters; the market takes 200; give it a shorter one");
        assertThat(open.of(0, "https://img.example/" + "a".repeat(180), GOOD).problem())
                .isNull();
    }

    @Test
    void simulated_picture_may_lie_at_any_port() {
        assertThat(new Screening(RULE, true)
                        .of(0, "http://127.0.0.1:9090/a.jpg", GOOD)
                        .hosted())
                .isEqualTo("http://127.0.0.1:9090/a.jpg");
    }
}
