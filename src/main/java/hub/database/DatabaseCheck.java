package hub.database;

import hub.database.DatabaseReport.DefaultPartition;
import hub.database.DatabaseReport.Pool;
import hub.database.DatabaseReport.Statement;
import hub.database.DatabaseReport.Table;
import hub.database.Finding.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Looks at the database when a route or a person asks, and keeps what it found. Thread-safe. */
@Component
public class DatabaseCheck {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);
    private static final int TABLES = 20;

    private final SlowStatements statements;
    private final Plans plans;
    private final Relations relations;
    private final PoolWatch pool;
    private final Look look;
    private final DatabaseMeters meters;
    private final DatabaseWords words;
    private final Clock clock;
    private final DeadRows deadRows = new DeadRows();
    private final Set<String> said = new HashSet<>();
    private volatile @Nullable DatabaseReport last;

    DatabaseCheck(
            SlowStatements statements,
            Plans plans,
            Relations relations,
            PoolWatch pool,
            Look look,
            DatabaseMeters meters,
            MessageSource messages,
            Clock clock) {
        this.statements = statements;
        this.plans = plans;
        this.relations = relations;
        this.pool = pool;
        this.look = look;
        this.meters = meters;
        this.words = new DatabaseWords(messages, Locale.ENGLISH);
        this.clock = clock;
    }

    /** The newest report; empty before the first. */
    public Optional<DatabaseReport> last() {
        return Optional.ofNullable(last);
    }

    /** Looks now, one caller at a time; what was not found before is said in the log, once. */
    public synchronized DatabaseReport run() {
        DatabaseReport report = look();
        meters.count(report);
        report.findings().stream()
                .filter(finding -> !said.contains(finding.subject()))
                .forEach(finding -> LOG.warn("database: {} {}", words.what(finding), words.remedy(finding)));
        said.clear();
        report.findings().forEach(finding -> said.add(finding.subject()));
        last = report;
        return report;
    }

    private DatabaseReport look() {
        Pool connections = pool.now(); // before this look itself waits for one of them
        String server = server();
        Optional<Finding> uncounted = statements.missing();
        List<Statement> top = uncounted.isPresent() ? List.of() : statements.top();
        List<Table> tables = relations.tables(TABLES);
        List<DefaultPartition> defaults = relations.defaults();
        List<Finding> findings = new ArrayList<>(relations.invalidIndexes());
        findings.addAll(relations.unusedIndexes(clock.instant()));
        uncounted.ifPresent(findings::add);
        top.forEach(statement -> findings.addAll(findings(statement)));
        findings.addAll(deadRows.in(tables, clock.instant()));
        defaults.stream()
                .filter(partition -> partition.rows() > 0)
                .forEach(partition -> findings.add(
                        Finding.of(Kind.DEFAULT_ROWS, partition.name(), partition.of(), partition.rows())));
        if (connections.pending() > 0) {
            findings.add(Finding.of(Kind.POOL_WAITS, connections.max(), connections.pending()));
        }
        if (uncounted.isEmpty() && !plans.arePossible()) {
            findings.add(Finding.of(Kind.NO_PLANS, server));
        }
        return new DatabaseReport(
                clock.instant(), server, uncounted.isEmpty(), top, tables, defaults, connections, sorted(findings));
    }

    private static List<Finding> findings(Statement statement) {
        List<Finding> found = new ArrayList<>(statement.advice());
        if (statement.slow()) {
            found.add(Finding.of(Kind.SLOW_STATEMENT, statement.id(), statement.text()));
        }
        return found;
    }

    private static List<Finding> sorted(List<Finding> findings) {
        return findings.stream()
                .distinct()
                .sorted(Comparator.comparing(Finding::kind))
                .toList();
    }

    private String server() {
        return look.at(asked ->
                String.valueOf(asked.queryForObject("select current_setting('server_version')", String.class)));
    }
}
