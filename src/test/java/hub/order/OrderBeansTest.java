package hub.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.queue.Jobs;
import hub.queue.QueueOptions;
import hub.restore.RestoreOptions;
import hub.restore.Restores;
import java.time.Duration;
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

class OrderBeansTest {

    private final ApplicationContextRunner hub = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withPropertyValues("spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none")
            .withBean(QueueOptions.class, () -> new QueueOptions(Duration.ofSeconds(60), 8, Duration.ofMinutes(2)))
            .withBean(Jobs.class)
            .withBean(RestoreOptions.class, () -> new RestoreOptions(null, Duration.ofDays(14)))
            .withBean(Restores.class)
            .withUserConfiguration(Orders.class);

    @Test
    void routes_find_the_beans_by_name_and_defaults_are_safe() {
        hub.run(context -> {
            assertThat(context).hasNotFailed();
            for (String bean :
                    new String[] {"orderLedger", "purchaseOrders", "shipments", "claims", "reviews", "journal"}) {
                assertThat(context).hasBean(bean);
            }
            OrderOptions options = context.getBean(OrderOptions.class);
            assertThat(options.settle()).isEqualTo(Duration.ofSeconds(90));
            assertThat(options.holdRepeats()).isFalse();
        });
    }

    @Test
    void misspelt_option_and_a_settle_window_below_the_deadline_stop_the_start() {
        hub.withPropertyValues("hub.order.setle=90s")
                .run(context -> assertThat(context).hasFailed());
        hub.withPropertyValues("hub.order.settle=29s")
                .run(context -> assertThatThrownBy(() -> context.getBean(Jobs.class))
                        .rootCause()
                        .hasMessageContaining("settle=PT29S"));
    }

    @Configuration
    @ComponentScan(basePackageClasses = OrderLedger.class)
    @EnableConfigurationProperties({OrderOptions.class, HandOffOptions.class})
    static class Orders {}
}
