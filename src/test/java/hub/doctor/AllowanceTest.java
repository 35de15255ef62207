package hub.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import hub.budget.BudgetView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowanceTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT1S, 10, 3, false, OK, budget.ok",
        "PT1S, 10, 10, false, OK, budget.busy", // free again within a second: used as it is meant to be
        "PT24H, 500, 100, false, OK, budget.ok",
        "PT24H, 500, 450, false, WARN, budget.catalogue",
        "PT24H, 500, 500, false, WARN, budget.spent",
        "PT1S, 10, 0, true, BAD, budget.paused",
    })
    void budget_is_judged_by_how_long_work_waits_for_it(
            Duration window, int limit, int used, boolean paused, Level level, String code) {
        Finding found = Allowance.of(
                "acme",
                new BudgetView(
                        "acme",
                        "day",
                        limit,
                        window,
                        used,
                        limit - used,
                        limit / 10,
                        NOW,
                        paused ? Optional.of(NOW) : Optional.empty(),
                        Optional.empty()));

        assertThat(found.level()).isEqualTo(level);
        assertThat(found.code()).isEqualTo(code);
        assertThat(found.where()).isEqualTo("hub.partners.acme.budget (day)");
    }
}
