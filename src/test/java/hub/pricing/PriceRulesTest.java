package hub.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PriceRulesTest {

    private static final PriceOptions PLAIN = new PriceOptions(Rate.valueOf("25%"), 500, 3_000, Map.of(), Map.of());

    @Test
    void shipping_that_is_paid_and_not_told_is_what_the_options_say_and_never_nothing() {
        PriceOptions.Supplier own = new PriceOptions.Supplier(null, null, 4_500L);
        PriceRules rules =
                new PriceRules(new PriceOptions(Rate.valueOf("25%"), 500, 3_000, Map.of(), Map.of("own", own)));

        assertThat(rules.price("m", "s", new PriceBasis(8_000L, null, null))
                        .orElseThrow()
                        .won())
                .isEqualTo(rules.price("m", "s", new PriceBasis(8_000L, 3_000L, null))
                        .orElseThrow()
                        .won());
        assertThat(rules.price("m", "own", new PriceBasis(8_000L, null, null)).orElseThrow())
                .satisfies(price -> {
                    assertThat(price.proof()).contains("shipping 4500 (not told)");
                    assertThat(price.won())
                            .isEqualTo(rules.price("m", "own", new PriceBasis(8_000L, 4_500L, null))
                                    .orElseThrow()
                                    .won());
                });
    }

    @Test
    void price_leaves_cost_shipping_and_margin_after_the_fee() {
        Price price = new PriceRules(PLAIN)
                .price("coupang", "ownerclan", new PriceBasis(8_000L, 3_000L, null))
                .orElseThrow();

        // (8000 + 3000 + 2000) / 0.88 = 14772.7…; (8000 + 3000 + 500) / 0.88 = 13068.1…
        assertThat(price.won()).isEqualTo(14_780);
        assertThat(price.floorWon()).isEqualTo(13_069);
        assertThat(price.proof()).contains("cost 8000", "margin 25% = 2000", "fee 12%", "floor 13069", "= 14780");
    }

    @Test
    void suppliers_price_policy_and_markets_minimum_are_floors() {
        PriceRules rules = new PriceRules(PLAIN);

        assertThat(rules.price("m", "s", new PriceBasis(8_000L, 0L, 25_001L)).orElseThrow())
                .extracting(Price::won, Price::floorWon)
                .containsExactly(25_010L, 25_001L);
        PriceOptions.Market dear = new PriceOptions.Market(new Rate(0), new Rate(0), 9_999, 100);
        PriceOptions options = new PriceOptions(new Rate(0), 0, 3_000, Map.of("dear", dear), Map.of());
        assertThat(new PriceRules(options)
                        .price("dear", "s", new PriceBasis(1L, 0L, null))
                        .orElseThrow()
                        .won())
                .isEqualTo(10_000);
    }

    @Test
    void unknown_cost_and_overflow_have_no_price() {
        PriceRules rules = new PriceRules(PLAIN);

        assertThat(rules.price("m", "s", new PriceBasis(null, 0L, 10_000L))).isEmpty();
        assertThat(rules.price("m", "s", new PriceBasis(Long.MAX_VALUE, 0L, null)))
                .isEmpty();
        assertThat(rules.price("m", "s", new PriceBasis(1L, Long.MAX_VALUE, null)))
                .isEmpty();
        assertThat(rules.price("m", "s", new PriceBasis(1L, 0L, Long.MAX_VALUE)))
                .isEmpty();
        assertThat(rules.price("m", "s", new PriceBasis(Long.MAX_VALUE / 2, 0L, null)))
                .isPresent();
    }

    @Test
    void rate_is_read_in_percent_and_nothing_else() {
        assertThat(Rate.valueOf("12.5%")).isEqualTo(new Rate(1_250)).hasToString("12.5%");
        assertThat(Rate.valueOf("100%")).hasToString("100%");
        assertThatThrownBy(() -> Rate.valueOf("0.12")).hasMessageContaining("12%");
        assertThatThrownBy(() -> Rate.valueOf("-5%")).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void equals_an_independent_computation(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long cost,
            @ForAll @LongRange(min = 0, max = 1_000_000) long shipping,
            @ForAll @LongRange(min = 0, max = 2_000_000_000_000L) long policy,
            @ForAll @IntRange(min = 0, max = 20_000) int margin,
            @ForAll @IntRange(min = 0, max = 9_999) int fee,
            @ForAll @IntRange(min = 1, max = 1_000) int step) {
        Price price = price(cost, shipping, policy, margin, fee, step);

        BigDecimal left = BigDecimal.ONE.subtract(share(fee));
        BigDecimal spent = BigDecimal.valueOf(cost).add(BigDecimal.valueOf(shipping));
        BigDecimal earned = BigDecimal.valueOf(cost).multiply(share(margin)).setScale(0, RoundingMode.CEILING);
        BigDecimal wanted = spent.add(earned).divide(left, 0, RoundingMode.CEILING);
        BigDecimal floor = spent.add(BigDecimal.valueOf(500))
                .divide(left, 0, RoundingMode.CEILING)
                .max(BigDecimal.valueOf(policy))
                .max(BigDecimal.valueOf(100));
        BigDecimal won = wanted.max(floor)
                .divide(BigDecimal.valueOf(step), 0, RoundingMode.CEILING)
                .multiply(BigDecimal.valueOf(step));
        assertThat(BigDecimal.valueOf(price.floorWon())).isEqualByComparingTo(floor);
        assertThat(BigDecimal.valueOf(price.won())).isEqualByComparingTo(won);
    }

    @Property
    void never_below_the_floor_and_rounded_by_less_than_a_step(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long cost,
            @ForAll @LongRange(min = 0, max = 1_000_000) long shipping,
            @ForAll @IntRange(min = 0, max = 9_999) int fee,
            @ForAll @IntRange(min = 1, max = 1_000) int step) {
        Price price = price(cost, shipping, 0, 0, fee, step);

        assertThat(price.won() % step).isZero();
        assertThat(price.won() - price.floorWon()).isBetween(0L, step - 1L);
        assertThat(price.won()).isGreaterThan(cost + shipping);
    }

    @Property
    void dearer_goods_are_never_cheaper(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long cost,
            @ForAll @LongRange(min = 0, max = 1_000_000) long more,
            @ForAll @IntRange(min = 0, max = 20_000) int margin,
            @ForAll @IntRange(min = 0, max = 9_999) int fee) {
        assertThat(price(cost + more, 3_000, 0, margin, fee, 10).won())
                .isGreaterThanOrEqualTo(price(cost, 3_000, 0, margin, fee, 10).won());
    }

    private static Price price(long cost, long shipping, long policy, int margin, int fee, int step) {
        PriceOptions.Market market = new PriceOptions.Market(new Rate(fee), new Rate(10_000), 100, step);
        PriceOptions options = new PriceOptions(new Rate(margin), 500, 3_000, Map.of("m", market), Map.of());
        return new PriceRules(options)
                .price("m", "s", new PriceBasis(cost, shipping, policy))
                .orElseThrow();
    }

    private static BigDecimal share(int basisPoints) {
        return BigDecimal.valueOf(basisPoints, 4);
    }
}
