package hub.routing;

import hub.partner.Partners;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route files under a folder, one after the other: templates and kamelets first, then flows, then partners.
 *
 * <p>A file that is refused is named with its reason and left out; the others run. Folders of partners that are left
 * out are not read.
 */
final class RouteFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    private static final List<String> ORDER = List.of("shared", "flows", "ops", "suppliers", "markets");

    private final Path folder;
    private final Partners partners;
    private final RefusedFiles refused;

    RouteFiles(Path folder, Partners partners, RefusedFiles refused) {
        this.folder = folder;
        this.partners = partners;
        this.refused = refused;
    }

    /** Loads every file that can be loaded. */
    void load(CamelContext camel) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException("no folder " + folder.toAbsolutePath()
                    + " with routes; start the hub where routes/ is, or set hub.routes.folder");
        }
        for (String part : ORDER) {
            files(folder.resolve(part)).forEach(file -> load(camel, file));
        }
    }

    private void load(CamelContext camel, Path file) {
        Resource resource = ResourceHelper.resolveResource(camel, "file:" + file);
        try {
            PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
        } catch (Exception e) {
            refused.add(file, reason(e));
            LOG.error("{} is refused and left out, the other routes run: {}", file, reason(e));
            LOG.debug("{}", file, e);
        }
    }

    /**
     * Starts every route that was loaded, but for those that say {@code autoStartup: false}; one that does not start is
     * named with its reason, the others run.
     */
    static void start(CamelContext camel) {
        for (Route route : List.copyOf(camel.getRoutes())) {
            if (!Boolean.FALSE.equals(route.isAutoStartup())) {
                start(camel, route);
            }
        }
    }

    private static void start(CamelContext camel, Route route) {
        try {
            camel.getRouteController().startRoute(route.getRouteId());
        } catch (Exception e) {
            LOG.error("{} does not start, the other routes run: {}", route.getSourceLocationShort(), reason(e));
            LOG.debug("{}", route.getRouteId(), e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private List<Path> files(Path part) {
        if (!Files.isDirectory(part)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(part, 3)) {
            List<Path> yaml =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(".yaml"))
                            .filter(file -> !file.toString().endsWith(".test.yaml"))
                            .filter(this::wanted)
                            .sorted()
                            .toList());
            yaml.sort((a, b) -> Boolean.compare(isKamelet(b), isKamelet(a)));
            return yaml;
        } catch (IOException e) {
            throw new UncheckedIOException("route files in " + part, e);
        }
    }

    private boolean wanted(Path file) {
        Path within = folder.relativize(file);
        String part = within.getName(0).toString();
        boolean ofPartner = part.equals("suppliers") || part.equals("markets");
        return !ofPartner || partners.has(within.getName(1).toString());
    }

    private static boolean isKamelet(Path file) {
        return file.toString().endsWith(".kamelet.yaml");
    }
}
