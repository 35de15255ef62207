package hub.console;

import hub.partner.Partner;
import hub.partner.Partners;
import hub.routing.RefusedFiles;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says, once the hub is up, what runs and where to look. */
@Component
class StartBanner {

    private static final Logger LOG = LoggerFactory.getLogger(StartBanner.class);

    private final Environment environment;
    private final Partners partners;
    private final RouteTable routes;
    private final RefusedFiles refused;
    private final ConsoleOptions options;

    StartBanner(
            Environment environment,
            Partners partners,
            RouteTable routes,
            RefusedFiles refused,
            ConsoleOptions options) {
        this.environment = environment;
        this.partners = partners;
        this.routes = routes;
        this.refused = refused;
        this.options = options;
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        LOG.info("The hub is up.\n{}", String.join("\n", lines()));
    }

    private List<String> lines() {
        String console = address("server", "local.server.port");
        String actuator = address("management.server", "local.management.port") + "/actuator/";
        return List.of(
                line("Postgres", kind("postgres") + postgres()),
                line(
                        "Redis",
                        kind("redis") + value("spring.data.redis.host", "localhost") + ":"
                                + value("spring.data.redis.port", "6379")),
                line("simulators", simulators()),
                line("partners", partners(true) + partners(false)),
                line("routes", routesStarted()),
                line("console", console + "/  (user admin, password: " + password() + ")"),
                line("status", console + StatusApi.PATH),
                line("actuator", actuator + "health, " + actuator + "prometheus"));
    }

    private static String line(String what, String text) {
        return String.format("  %-11s %s", what, text.strip());
    }

    private String kind(String server) {
        return value("hub.embedded." + server, "true").equals("true") ? "embedded, " : "";
    }

    /** Host, port and database only: an address may carry a password. */
    private String postgres() {
        return value("spring.datasource.url", "").replaceAll("^jdbc:postgresql:/*|[?].*$|^.*@", "");
    }

    private String simulators() {
        return value("hub.sandbox.enabled", "true").equals("true")
                ? "http://127.0.0.1:" + value("hub.sandbox.port", "9090") + "/sandbox"
                : "none";
    }

    private String partners(boolean simulated) {
        String names = partners.all().values().stream()
                .map(Partner::settings)
                .filter(settings -> settings.simulated() == simulated)
                .map(settings -> settings.name())
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "" : (simulated ? "simulated: " : "real: ") + names + "  ";
    }

    private String routesStarted() {
        Map<Boolean, Long> started = routes.routes().stream()
                .collect(Collectors.partitioningBy(route -> route.state().equals("Started"), Collectors.counting()));
        return started.getOrDefault(true, 0L) + " started, " + started.getOrDefault(false, 0L) + " not started"
                + files();
    }

    private String files() {
        Set<String> names = refused.reasons().keySet();
        return names.isEmpty() ? "" : "; refused, see above: " + String.join(", ", names);
    }

    private String password() {
        return Files.exists(options.password()) ? "in " + options.passwordFile() : "file was deleted";
    }

    private String address(String prefix, String port) {
        return "http://" + value(prefix + ".address", "127.0.0.1") + ":" + value(port, "?");
    }

    private String value(String key, String otherwise) {
        return environment.getProperty(key, otherwise);
    }
}
