package hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Routes are started behind everything else, as the context itself would start them. */
class RouteStartTest {

    @Test
    void route_that_does_not_start_takes_no_other_along_and_one_that_waits_is_left_waiting() throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            camel.setAutoStartup(false);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:same").routeId("first").to("log:first");
                    from("direct:same").routeId("twice").to("log:twice");
                    from("direct:waits").routeId("waits").autoStartup(false).to("log:waits");
                    from("direct:last").routeId("last").to("log:last");
                }
            });
            camel.setAutoStartup(true);

            RouteFiles.start(camel);

            assertThat(status(camel, "first")).isEqualTo(ServiceStatus.Started);
            assertThat(status(camel, "twice")).isNotEqualTo(ServiceStatus.Started);
            assertThat(status(camel, "waits")).isEqualTo(ServiceStatus.Stopped);
            assertThat(status(camel, "last")).isEqualTo(ServiceStatus.Started);
        }
    }

    private static ServiceStatus status(DefaultCamelContext camel, String route) {
        return camel.getRouteController().getRouteStatus(route);
    }
}
