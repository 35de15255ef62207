package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import hub.pricing.PriceOptions;
import hub.pricing.Rate;
import hub.queue.QueueOptions;
import hub.restore.RestoreOptions;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

class ListingOptionsTest {

    private final ApplicationContextRunner hub = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none")
            .withUserConfiguration(Beans.class);

    @Test
    void beans_have_the_names_that_routes_call_and_options_have_defaults() {
        hub.withPropertyValues(
                        "hub.listing.markets.acme.max-new-per-day=7",
                        "hub.pricing.markets.acme.fee=5.5%",
                        "hub.pricing.suppliers.own.margin=30%")
                .run(context -> {
                    assertThat(context).hasBean("jobs").hasBean("listings").hasBean("priceRules");
                    ListingOptions options = context.getBean(ListingOptions.class);
                    assertThat(options.markets())
                            .containsEntry(
                                    "acme", new ListingOptions.Market("main", 7, 40_000, 2, 999, 100, false, false));
                    assertThat(options.bannedWords()).contains("무료배송");
                    PriceOptions prices = context.getBean(PriceOptions.class);
                    assertThat(prices.margin()).isEqualTo(new Rate(2_500));
                    assertThat(prices.markets())
                            .containsEntry("acme", new PriceOptions.Market(new Rate(550), new Rate(10_000), 100, 10));
                    assertThat(prices.suppliers())
                            .containsEntry("own", new PriceOptions.Supplier(new Rate(3_000), null, null));
                });
    }

    @Test
    void misspelt_option_stops_the_start() {
        hub.withPropertyValues("hub.listing.check-evry=1m")
                .run(context -> assertThat(context).hasFailed());
        hub.withPropertyValues("hub.queue.leas=1m")
                .run(context -> assertThat(context).hasFailed());
        hub.withPropertyValues("hub.pricing.margin=0.25")
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration
    @EnableConfigurationProperties({ListingOptions.class, PriceOptions.class, QueueOptions.class, RestoreOptions.class})
    @ComponentScan({"hub.queue", "hub.pricing", "hub.listing", "hub.restore"})
    static class Beans {}
}
