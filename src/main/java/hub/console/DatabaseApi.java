package hub.console;

import hub.database.DatabaseCheck;
import hub.database.DatabaseReport;
import hub.database.DatabaseReport.DefaultPartition;
import hub.database.DatabaseReport.Pool;
import hub.database.DatabaseReport.Table;
import hub.database.DatabaseWords;
import hub.database.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/database}: the newest report on the database, made every quarter of an hour; {@code POST} makes one
 * now. Neither gives a value of a statement.
 */
@RestController
class DatabaseApi {

    static final String PATH = "/api/database";

    private final DatabaseCheck check;
    private final MessageSource messages;

    DatabaseApi(DatabaseCheck check, MessageSource messages) {
        this.check = check;
        this.messages = messages;
    }

    /** A finding in words. */
    record Told(String kind, String what, String remedy) {}

    /** A statement with its advice in words. */
    record Statement(
            String id,
            String text,
            long calls,
            double totalMs,
            double meanMs,
            double maxMs,
            long rows,
            long sharedReads,
            boolean slow,
            String plan,
            List<Told> advice) {}

    /** A report in words. */
    record Answer(
            Instant at,
            String server,
            boolean counted,
            List<Statement> statements,
            List<Table> tables,
            List<DefaultPartition> defaults,
            Pool pool,
            List<Told> findings) {}

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Answer last(Locale language) {
        return told(check.last().orElseGet(check::run), language);
    }

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Answer look(Locale language) {
        return told(check.run(), language);
    }

    private Answer told(DatabaseReport report, Locale language) {
        DatabaseWords words = new DatabaseWords(messages, language);
        return new Answer(
                report.at(),
                report.server(),
                report.counted(),
                report.statements().stream()
                        .map(statement -> told(statement, words))
                        .toList(),
                report.tables(),
                report.defaults(),
                report.pool(),
                told(report.findings(), words));
    }

    private static Statement told(DatabaseReport.Statement of, DatabaseWords words) {
        return new Statement(
                of.id(),
                of.text(),
                of.calls(),
                of.totalMs(),
                of.meanMs(),
                of.maxMs(),
                of.rows(),
                of.sharedReads(),
                of.slow(),
                of.plan(),
                told(of.advice(), words));
    }

    private static List<Told> told(List<Finding> findings, DatabaseWords words) {
        return findings.stream()
                .map(finding -> new Told(finding.kind().label(), words.what(finding), words.remedy(finding)))
                .toList();
    }
}
