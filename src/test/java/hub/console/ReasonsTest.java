package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    private final Reasons reasons = new Reasons();

    @Test
    void korean_reader_gets_korean_with_what_the_partner_said() {
        assertThat(korean("the supplier refused: 품절 $1")).isEqualTo("공급사가 발주를 거절했습니다: 품절 $1");
        assertThat(korean("cost rose to 9900 won; at most 9400 won leaves the margin"))
                .contains("9900원", "9400원");
        assertThat(korean("cancel requested (claim 17)")).contains("취소를 요청", "17");
    }

    @Test
    void korean_reader_is_told_in_korean_why_calls_are_stopped() {
        assertThat(korean("acme/create is refused (status 403): {\"message\": \"no\"}"))
                .isEqualTo("acme/create 호출이 거절되었습니다(상태 403): {\"message\": \"no\"}");
        assertThat(korean("acme refuses the login (status 401); check username and password"))
                .contains("acme 로그인", "401");
        assertThat(korean("acme gives no token (status 400); check client-id and client-secret, the clock and the"
                        + " registered address"))
                .contains("acme 토큰", "400", "IP");
    }

    @Test
    void korean_reader_is_told_why_a_feed_is_held_and_a_pull_failed() {
        assertThat(korean("page 3: it has 12 items, such a page usually has 500"))
                .isEqualTo("3페이지: 이 페이지의 상품이 12개입니다. 보통은 500개입니다.");
        assertThat(korean("acme page 2 is not believed: the partner says: 점검 중; 내일; nothing of it was stored, the next"
                        + " pull reads it again"))
                .isEqualTo("acme의 2페이지를 믿을 수 없어 저장하지 않았습니다. 다음 수집 때 다시 읽습니다. 이유: 거래처의 말: 점검 중; 내일");
        assertThat(korean("acme/products got no answer that can be read: the answer is refused: it is larger than 8MB"
                        + " (hub.partners.acme.max-answer); ask for less at once, or change the option if the partner's"
                        + " answers are honestly so"))
                .contains("acme/products", "8MB보다 큽니다", "한 번에 더 적게 요청하세요", "hub.partners.acme.max-answer");
    }

    /** A line that waits for a person already gets the further reason in front of the first. */
    @Test
    void korean_reader_is_told_each_of_several_reasons() {
        assertThat(korean(
                        "quantity is 0; the supplier refused: no; sorry; cost is not known any more, or the product is"
                                + " held (see /holds)"))
                .isEqualTo("주문 수량이 0개입니다. 공급사가 발주를 거절했습니다: no; sorry; 지금은 공급가를 알 수 없거나 상품이 보류되었습니다(보류 화면"
                        + " /holds 참고).");
        assertThat(korean("no such thing; quantity is 0")).isEqualTo("no such thing; 주문 수량이 0개입니다.");
    }

    @Test
    void english_reader_and_an_unknown_reason_get_the_sentence_as_it_is() {
        assertThat(reasons.in(Locale.ENGLISH, "the supplier refused: no")).isEqualTo("the supplier refused: no");
        assertThat(korean("something new; and more")).isEqualTo("something new; and more");
        assertThat(korean("")).isEmpty();
    }

    private String korean(String reason) {
        return reasons.in(Locale.KOREAN, reason);
    }
}
