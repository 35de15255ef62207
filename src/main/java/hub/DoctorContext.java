package hub;

import hub.budget.BudgetOptions;
import hub.database.MigrationConnections;
import hub.doctor.Doctor;
import hub.doctor.DoctorOptions;
import hub.partner.HttpOptions;
import hub.partner.RetryOptions;
import hub.partner.ledger.LedgerOptions;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcClientAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.MapPropertySource;

/**
 * The part of the hub that the command {@code doctor} needs: partners, budgets and simulators; no route, no page.
 *
 * <p>Not annotated as a configuration: the hub's own scan must not find it.
 */
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JdbcClientAutoConfiguration.class,
    FlywayAutoConfiguration.class,
    RedisAutoConfiguration.class
})
@EnableConfigurationProperties({
    BudgetOptions.class,
    DoctorOptions.class,
    HttpOptions.class,
    LedgerOptions.class,
    RetryOptions.class
})
@Import({HubConfiguration.class, Doctor.class, MigrationConnections.class})
@ComponentScan(
        useDefaultFilters = false,
        basePackages = {"hub.partner", "hub.sandbox"},
        includeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = {
                            "hub\\.partner\\.(Partners|AuthSchemes|Stops|Repeats|ledger\\.CallLedger)",
                            "hub\\.sandbox\\.SandboxConfiguration"
                        }))
class DoctorContext {

    @Bean
    MeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    /** The simulators of a hub that runs beside the command are the ones to ask; a second set would have no port. */
    static void useRunningSimulators(ConfigurableApplicationContext context) {
        int port = context.getEnvironment().getProperty("hub.sandbox.port", Integer.class, 9090);
        if (listens(port)) {
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("runningSimulators", Map.of("hub.sandbox.enabled", "false")));
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
