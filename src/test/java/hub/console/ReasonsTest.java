package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonsTest {

    private static final Pattern LITERAL = Pattern.compile("\\.review\\(\\s*\"([^\"]+)\"");
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
    void english_reader_and_an_unknown_reason_get_the_sentence_as_it_is() {
        assertThat(reasons.in(Locale.ENGLISH, "the supplier refused: no")).isEqualTo("the supplier refused: no");
        assertThat(korean("something new")).isEqualTo("something new");
    }

    /** A reason that somebody adds to the ledger is to be added to the table too. */
    @Test
    void every_reason_that_the_ledger_writes_has_its_korean_sentence() throws IOException {
        String table = Files.readString(Path.of("src/main/resources/review-reasons_ko.tsv"));
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/hub/order"))) {
            List<String> literals = sources.flatMap(ReasonsTest::literals).toList();
            assertThat(literals)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(literal -> assertThat(table).contains(literal));
        }
    }

    private static Stream<String> literals(Path source) {
        try {
            return LITERAL.matcher(Files.readString(source)).results().map((MatchResult found) -> found.group(1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String korean(String reason) {
        return reasons.in(Locale.KOREAN, reason);
    }
}
