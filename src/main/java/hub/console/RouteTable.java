package hub.console;

import hub.console.Status.RouteState;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The routes that Camel runs, with what it measures of them; those inside a kamelet belong to whoever uses it. */
@Component
class RouteTable {

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

    private @Nullable RouteState state(Route route) {
        String id = route.getRouteId();
        ManagedCamelContext managed = camel.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        ManagedRouteMBean measured = managed == null ? null : managed.getManagedRoute(id);
        if (measured == null) {
            return null;
        }
        Date completed = measured.getLastExchangeCompletedTimestamp();
        try {
            return new RouteState(
                    id,
                    String.valueOf(camel.getRouteController().getRouteStatus(id)),
                    completed == null ? null : completed.toInstant(),
                    measured.getExchangesTotal(),
                    measured.getExchangesFailed());
        } catch (Exception e) {
            throw new IllegalStateException("what Camel measured of route " + id, e);
        }
    }
}
