package hub.console;

import hub.console.Status.RouteState;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.ManagementStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The routes that Camel runs, with what it measures of them; those inside a kamelet belong to whoever uses it. */
@Component
class RouteTable {

    private static final String[] ATTRIBUTES = {
        "State", "LastExchangeCompletedTimestamp", "ExchangesTotal", "ExchangesFailed"
    };

    private final CamelContext camel;

    RouteTable(CamelContext camel) {
        this.camel = camel;
    }

    /** In the order of their ids. */
    List<RouteState> routes() {
        return camel.getRoutes().stream()
                .filter(route -> !route.isCreatedByKamelet())
                .map(this::state)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(RouteState::id))
                .toList();
    }

    /** Null for a route that Camel does not measure, or that was removed meanwhile. */
    private @Nullable RouteState state(Route route) {
        ManagementStrategy management = camel.getManagementStrategy();
        if (management.getManagementAgent() == null || management.getManagementObjectNameStrategy() == null) {
            return null;
        }
        try {
            // One call for all attributes: Camel's own proxies cost milliseconds a route.
            Map<String, Object> measured = management
                    .getManagementAgent()
                    .getMBeanServer()
                    .getAttributes(
                            management.getManagementObjectNameStrategy().getObjectNameForRoute(route), ATTRIBUTES)
                    .asList()
                    .stream()
                    .filter(attribute -> attribute.getValue() != null)
                    .collect(Collectors.toMap(Attribute::getName, Attribute::getValue));
            return new RouteState(
                    route.getRouteId(),
                    String.valueOf(measured.get("State")),
                    measured.get("LastExchangeCompletedTimestamp") instanceof Date at ? at.toInstant() : null,
                    number(measured.get("ExchangesTotal")),
                    number(measured.get("ExchangesFailed")),
                    List.of(),
                    "");
        } catch (InstanceNotFoundException e) {
            return null;
        } catch (JMException e) {
            throw new IllegalStateException("what Camel measured of route " + route.getRouteId(), e);
        }
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }
}
