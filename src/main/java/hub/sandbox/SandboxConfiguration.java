package hub.sandbox;

import hub.sandbox.Sandbox.Maker;
import hub.sandbox.coupang.CoupangSimulator;
import hub.sandbox.domeggook.DomeggookSimulator;
import hub.sandbox.naver.NaverSimulator;
import hub.sandbox.ownerclan.OwnerclanSimulator;
import hub.sandbox.zentrade.ZentradeSimulator;
import java.time.Clock;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts the sandbox with the hub, unless {@code hub.sandbox.enabled} says no. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "hub.sandbox.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(SandboxOptions.class)
class SandboxConfiguration {

    private static final Map<String, Maker> SIMULATORS = Map.ofEntries(
            Map.entry("ownerclan", OwnerclanSimulator::new),
            Map.entry("domeggook", DomeggookSimulator::new),
            Map.entry("zentrade", ZentradeSimulator::new),
            Map.entry("coupang", CoupangSimulator::new),
            Map.entry("naver", NaverSimulator::new));

    @Bean
    Sandbox sandbox(SandboxOptions options) {
        return new Sandbox(options, new SandboxClock(Clock.systemUTC(), options.pace()), SIMULATORS);
    }
}
