package hub.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class BudgetRuleTest {

    @Test
    void binds_with_what_is_usual() {
        BudgetRule rule = new Binder(new MapConfigurationPropertySource(
                        Map.of("b.key", "vendor", "b.calls", "10", "b.window", "1s")))
                .bind("b", BudgetRule.class)
                .get();

        assertThat(rule).isEqualTo(new BudgetRule("vendor", 10, Duration.ofSeconds(1), 0, 0, false, List.of(), null));
    }

    @Test
    void impossible_figures_are_named() {
        assertRefused("calls=0", 0, Duration.ofSeconds(1), 0, 0);
        assertRefused("window=PT0.05S", 5, Duration.ofMillis(50), 0, 0);
        assertRefused("burst=6 of calls=5", 5, Duration.ofSeconds(1), 6, 0);
        assertRefused("reserve=5 of calls=5", 5, Duration.ofSeconds(1), 0, 5);
    }

    private static void assertRefused(String words, int calls, Duration window, int burst, int reserve) {
        assertThatThrownBy(() -> new BudgetRule("k", calls, window, burst, reserve, false, List.of(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }
}
