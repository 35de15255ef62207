package hub.database;

import hub.database.Finding.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/**
 * {@code hub_database_findings} by kind, {@code hub_database_dead_rows} by table and {@code hub_database_default_rows}
 * by partition, as of the last look.
 */
@Component
class DatabaseMeters {

    private final MultiGauge findings;
    private final MultiGauge dead;
    private final MultiGauge defaults;

    DatabaseMeters(MeterRegistry registry) {
        findings = gauge(registry, "hub.database.findings", "What is to be done about the database, by kind");
        dead = gauge(registry, "hub.database.dead.rows", "Dead rows, of the tables with the most");
        defaults = gauge(registry, "hub.database.default.rows", "Rows that fell outside every month, to 10000");
    }

    void count(DatabaseReport report) {
        findings.register(
                Arrays.stream(Kind.values())
                        .map(kind -> MultiGauge.Row.of(Tags.of("kind", kind.label()), report.count(kind)))
                        .toList(),
                true);
        dead.register(
                report.tables().stream()
                        .map(table -> MultiGauge.Row.of(Tags.of("table", table.name()), table.dead()))
                        .toList(),
                true);
        defaults.register(
                report.defaults().stream()
                        .map(partition -> MultiGauge.Row.of(Tags.of("table", partition.name()), partition.rows()))
                        .toList(),
                true);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }
}
