package hub.partner;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.registry.InMemoryRegistryStore;
import java.util.function.Function;

/**
 * The breakers as the routes describe them, by id. A call that was held back is no failure to them, and no success.
 *
 * <p>Not {@code ignoreException} in the routes: Camel then forgets the exception too, and with it how long the call has
 * to wait and why. Thread-safe.
 */
final class BreakerStore extends InMemoryRegistryStore<CircuitBreaker> {

    private final Runnable refused;

    /** @param refused run for each call that a breaker does not let through, on the thread that would have made it */
    BreakerStore(Runnable refused) {
        this.refused = refused;
    }

    @Override
    public CircuitBreaker computeIfAbsent(String id, Function<? super String, ? extends CircuitBreaker> described) {
        return super.computeIfAbsent(id, one -> ofCallsThatLeft(described.apply(one)));
    }

    private CircuitBreaker ofCallsThatLeft(CircuitBreaker described) {
        CircuitBreakerConfig config = CircuitBreakerConfig.from(described.getCircuitBreakerConfig())
                .ignoreException(failure -> failure instanceof PartnerCallException call && call.isHeldBack())
                .build();
        CircuitBreaker breaker = CircuitBreaker.of(described.getName(), config);
        breaker.getEventPublisher().onCallNotPermitted(event -> refused.run());
        return breaker;
    }
}
