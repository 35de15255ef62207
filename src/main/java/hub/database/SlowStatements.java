package hub.database;

import hub.database.DatabaseReport.Statement;
import hub.database.Finding.Kind;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The statements of this database as {@code pg_stat_statements} counts them. Only those that read or write rows: their
 * text holds no value, that of others may hold a password.
 *
 * <p>Source: PostgreSQL 18, F.32 (columns since PostgreSQL 13).
 */
@Component
class SlowStatements {

    private static final String LOADED =
            "select exists (select from pg_settings where name = 'pg_stat_statements.max')";

    private static final String SCHEMA = """
            select quote_ident(n.nspname) from pg_extension e join pg_namespace n on n.oid = e.extnamespace
            where e.extname = 'pg_stat_statements'
            """;

    private static final String TOP = """
            select s.queryid, s.query, s.calls, s.total_exec_time, s.mean_exec_time, s.max_exec_time, s.rows, s.shared_blks_read
            from %s.pg_stat_statements s
            where s.dbid = (select d.oid from pg_database d where d.datname = current_database())
              and s.queryid is not null and s.query ~* '^\\s*(select|insert|update|delete|merge|with)\\M'
            order by s.total_exec_time desc limit ?
            """;

    private final JdbcClient jdbc;
    private final Look look;
    private final Plans plans;
    private final DatabaseOptions options;

    SlowStatements(DataSource database, Look look, Plans plans, DatabaseOptions options) {
        this.jdbc = JdbcClient.create(database);
        this.look = look;
        this.plans = plans;
        this.options = options;
    }

    /** Why there is nothing to count with; empty when there is. A server that counts gets its extension if it may. */
    Optional<Finding> missing() {
        if (!isLoaded()) {
            return Optional.of(Finding.of(Kind.NOT_COUNTED));
        }
        if (schema() == null) {
            try {
                jdbc.sql("create extension if not exists pg_stat_statements").update();
            } catch (DataAccessException e) {
                return Optional.of(Finding.of(Kind.NO_EXTENSION, databaseName()));
            }
        }
        return Optional.empty();
    }

    /** Those that took the most time, with advice from their plans. */
    List<Statement> top() {
        String counted = TOP.formatted(schema());
        List<Statement> found = look.at(asked -> read(asked, counted));
        return found.stream().map(this::advised).toList();
    }

    private List<Statement> read(JdbcTemplate asked, String counted) {
        return asked.query(
                counted,
                (row, number) -> new Statement(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getDouble(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(3) > options.slowCalls()
                                && row.getDouble(5) > options.slowMean().toMillis(),
                        "",
                        List.of()),
                options.statements());
    }

    private Statement advised(Statement of) {
        Plans.Plan plan = plans.of(of.text(), of.slow());
        return new Statement(
                of.id(),
                cut(of.text()),
                of.calls(),
                of.totalMs(),
                of.meanMs(),
                of.maxMs(),
                of.rows(),
                of.sharedReads(),
                of.slow(),
                plan.steps(),
                plan.advice());
    }

    private String cut(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() > options.text() ? line.substring(0, options.text()) + "…" : line;
    }

    private boolean isLoaded() {
        return jdbc.sql(LOADED).query(Boolean.class).single();
    }

    private @Nullable String schema() {
        return jdbc.sql(SCHEMA).query(String.class).optional().orElse(null);
    }

    private String databaseName() {
        return jdbc.sql("select current_database()").query(String.class).single();
    }
}
