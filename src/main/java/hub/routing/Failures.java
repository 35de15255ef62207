package hub.routing;

import hub.budget.BudgetSpentException;
import hub.catalog.PageRefusedException;
import hub.catalog.Pull;
import hub.catalog.ReadElsewhereException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.util.ObjectHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.stereotype.Component;

/** What is done about an exchange that failed: it is counted and said in one line; who made it makes it again. */
@Component
public class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private final MeterRegistry meters;

    Failures(MeterRegistry meters) {
        this.meters = meters;
    }

    /** A reading: it changed nothing beyond the pages before, and its timer makes it again. */
    public void reading(Exchange exchange) {
        Throwable failure = failure(exchange);
        meters.counter("hub.readings.failed", "route", exchange.getFromRouteId())
                .increment();
        if (root(failure) instanceof ReadElsewhereException elsewhere) {
            LOG.atLevel(isFirst(exchange) ? Level.WARN : Level.DEBUG).log("{}", elsewhere.getMessage());
        } else if (root(failure) instanceof PageRefusedException refused) {
            meters.counter("hub.pages.refused", "route", exchange.getFromRouteId())
                    .increment();
            LOG.warn("{}", refused.getMessage());
        } else {
            LOG.warn("{} failed and is made again: {}", exchange.getFromRouteId(), message(failure));
            LOG.debug("{}", exchange.getFromRouteId(), failure);
        }
    }

    /**
     * A reading whose next call has to wait for its budget: nothing failed, it goes on by itself.
     *
     * @return milliseconds that it waits
     */
    public long waiting(Exchange exchange) {
        BudgetSpentException spent = ObjectHelper.getException(BudgetSpentException.class, failure(exchange));
        LOG.atLevel(isFirst(exchange) ? Level.INFO : Level.DEBUG)
                .log("{} waits: {}", exchange.getFromRouteId(), spent.getMessage());
        return spent.retryAfter().toMillis();
    }

    /** Of the pages that are read at once, the first says it for all. */
    private static boolean isFirst(Exchange exchange) {
        return !(exchange.getVariable("pull") instanceof Pull pull) || pull.isMore();
    }

    /** A piece of work: its jobs come back when their lease runs out. */
    public void work(Exchange exchange) {
        meters.counter("hub.work.failed", "route", exchange.getFromRouteId()).increment();
        LOG.error(
                "{} failed; its jobs come back when their lease runs out: {}",
                exchange.getFromRouteId(),
                message(failure(exchange)),
                failure(exchange));
    }

    /** Why a reading failed, for those who see how far it came. */
    public String told(Exchange exchange) {
        return message(failure(exchange));
    }

    private static Throwable failure(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
    }

    /** In our own words where there are some: they name the file, the partner or the item. */
    private static String message(Throwable failure) {
        Throwable told = failure;
        while (told.getCause() != null
                && told.getCause() != told
                && !told.getClass().getName().startsWith("hub.")) {
            told = told.getCause();
        }
        return told instanceof CallNotPermittedException
                ? "the breaker is open: the last calls of this kind failed"
                : Objects.requireNonNullElseGet(told.getMessage(), told::toString);
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }
}
