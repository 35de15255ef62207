package hub.partner;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointAware;
import org.apache.camel.Navigate;
import org.apache.camel.component.resilience4j.ResilienceProcessor;
import org.apache.camel.spi.ManagementAgent;
import org.apache.camel.util.URISupport;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The circuit breakers around the calls to partners, as the routes have made them; also in JMX, {@code type=breakers}.
 *
 * <p>An open one lets nothing through for 30 s, and then a single call, which decides. It is still called open until
 * that call is made. Thread-safe.
 */
@Component
public class Breakers {

    private static final String PARTNER = "partner://";

    private final CamelContext camel;

    Breakers(CamelContext camel) {
        this.camel = camel;
    }

    /** Where Camel makes them; {@code static}, as it is needed before there is a context. */
    @Bean
    static CircuitBreakerRegistry breakerRegistry(ObjectProvider<AnswerWatch> watch) {
        return registry(() -> watch.ifAvailable(AnswerWatch::notMade));
    }

    /** @param refused see {@link BreakerStore} */
    static CircuitBreakerRegistry registry(Runnable refused) {
        return CircuitBreakerRegistry.custom()
                .withRegistryStore(new BreakerStore(refused))
                .build();
    }

    /** How a breaker stands; the later, the worse. */
    public enum State {
        CLOSED,
        HALF_OPEN,
        OPEN;

        static State of(String name) {
            return switch (name) {
                case "OPEN", "FORCED_OPEN" -> OPEN;
                case "HALF_OPEN" -> HALF_OPEN;
                default -> CLOSED;
            };
        }
    }

    /**
     * The breaker of one operation of a partner; the worst where several routes call it.
     *
     * @param failed of the last 20 calls that left
     * @param refused calls that it did not let through since the start
     */
    public record Standing(String partner, String operation, State state, int failed, long refused) {

        private static Standing worse(Standing a, Standing b) {
            State state = a.state.compareTo(b.state) < 0 ? b.state : a.state;
            return new Standing(
                    a.partner, a.operation, state, Math.max(a.failed, b.failed), Math.max(a.refused, b.refused));
        }
    }

    /** What JMX shows. */
    public interface BreakersMXBean {
        /** States by {@code partner/operation}. */
        Map<String, String> getStates();
    }

    /** All of them, by partner and operation. */
    public Collection<Standing> now() {
        Map<String, Standing> all = new TreeMap<>();
        all().forEach(breaker -> standing(breaker)
                .ifPresent(now -> all.merge(now.partner() + "/" + now.operation(), now, Standing::worse)));
        return all.values();
    }

    Stream<ResilienceProcessor> all() {
        return camel.getRoutes().stream().flatMap(route -> breakers(route.navigate()));
    }

    private static Stream<ResilienceProcessor> breakers(Object node) {
        Stream<ResilienceProcessor> inner = children(node).stream().flatMap(Breakers::breakers);
        return node instanceof ResilienceProcessor breaker ? Stream.concat(Stream.of(breaker), inner) : inner;
    }

    private static List<Object> children(Object node) {
        return node instanceof Navigate<?> parent && parent.hasNext() ? new ArrayList<>(parent.next()) : List.of();
    }

    private static Optional<Standing> standing(ResilienceProcessor breaker) {
        return operation(breaker).findFirst().map(name -> {
            int slash = name.indexOf('/');
            return new Standing(
                    name.substring(0, slash),
                    name.substring(slash + 1),
                    State.of(String.valueOf(breaker.getCircuitBreakerState())),
                    breaker.getNumberOfFailedCalls(),
                    breaker.getNumberOfNotPermittedCalls());
        });
    }

    /** The call that a breaker stands around, as {@code partner/operation}. */
    private static Stream<String> operation(Object node) {
        Stream<String> own = node instanceof EndpointAware to && to.getEndpoint() != null
                ? Stream.of(to.getEndpoint().getEndpointUri()).filter(uri -> uri.startsWith(PARTNER))
                : Stream.empty();
        return Stream.concat(
                own.map(uri -> URISupport.stripQuery(uri).substring(PARTNER.length())),
                children(node).stream().flatMap(Breakers::operation));
    }

    private Map<String, String> states() {
        return now().stream()
                .collect(Collectors.toMap(
                        one -> one.partner() + "/" + one.operation(),
                        one -> one.state().name(),
                        (a, b) -> a,
                        TreeMap::new));
    }

    /** Camel takes it from JMX again when it stops. Not sooner: whoever asks for it early keeps Camel from starting. */
    @EventListener(ApplicationStartedEvent.class)
    void showInJmx() throws JMException {
        ManagementAgent jmx = camel.getManagementStrategy().getManagementAgent();
        if (jmx != null) { // camel.main.jmx-enabled
            jmx.register(
                    new StandardMBean((BreakersMXBean) this::states, BreakersMXBean.class, true),
                    new ObjectName("org.apache.camel:context=" + ObjectName.quote(camel.getManagementName())
                            + ",type=breakers,name=partners"));
        }
    }
}
