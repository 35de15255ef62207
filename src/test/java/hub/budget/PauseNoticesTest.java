package hub.budget;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class PauseNoticesTest {

    private final Budgets budgets = new Budgets(
                    ofSeconds(5),
                    Budgets.rule("vendor", 10, ofSeconds(1), 0),
                    Budgets.rule("hour", 900, Duration.ofHours(1), 0))
            .settled();
    private final CallBudgets process = budgets.process();

    @Test
    void says_who_until_when_in_korea_why_and_what_to_do(CapturedOutput log) {
        process.pause("acme", "read", Instant.now().plusSeconds(30), "acme/read got status 429: too many");

        assertThat(lines(log))
                .singleElement()
                .asString()
                .contains("WARN")
                .containsPattern(
                        "Pause at acme, operation read: acme/read got status 429: too many\\. What is counted by hour and vendor"
                                + " .* until 20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d KST \\((29|30) s\\)\\. Nothing is lost"
                                + ".* allow fewer calls in hub\\.partners\\.acme\\.budget of application\\.yaml");
    }

    @Test
    void fifty_refused_calls_of_one_pause_are_one_line(CapturedOutput log) {
        IntStream.range(0, 50).parallel().forEach(call -> {
            process.pause("acme", "read", now().plusSeconds(30).plusMillis(call), "429");
        });

        assertThat(lines(log)).hasSize(1);
    }

    @Test
    void pause_that_becomes_much_longer_is_told_again(CapturedOutput log) {
        process.pause("acme", "read", now().plusSeconds(5), "429");
        process.pause("acme", "read", now().plusSeconds(300), "429");

        assertThat(lines(log)).hasSize(2);
    }

    @Test
    void short_pauses_one_after_the_other_are_told_once_a_minute_with_their_number(CapturedOutput log) {
        for (int second = 0; second < 122; second += 2) {
            budgets.ahead = ofSeconds(second);
            process.pause("acme", "read", now().plus(ofMillis(1_500)), "429");
        }

        assertThat(lines(log)).hasSizeBetween(2, 3);
        assertThat(lines(log).get(0)).doesNotContain("more pauses");
        assertThat(lines(log).get(1)).containsPattern("; (28|29|30) more pauses since this was last told");
    }

    @Test
    void back_off_is_told_each_time_it_begins(CapturedOutput log) {
        process.backOff("acme", "read", "503");
        process.backOff("acme", "read", "503");

        assertThat(lines(log)).singleElement().asString().contains(" (60 s)");
    }

    private Instant now() {
        return Instant.now().plus(budgets.ahead);
    }

    private static List<String> lines(CapturedOutput log) {
        return log.getOut().lines().filter(line -> line.contains("Pause at ")).toList();
    }
}
