package hub.database;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the database stood at one moment.
 *
 * @param server its version
 * @param counted whether the server counts statements; else {@code statements} is empty and a finding says why
 * @param statements by the time they took in all, the most first
 * @param tables those with the most dead rows first
 * @param findings the worst first
 */
public record DatabaseReport(
        Instant at,
        String server,
        boolean counted,
        List<Statement> statements,
        List<Table> tables,
        List<DefaultPartition> defaults,
        Pool pool,
        List<Finding> findings) {

    /**
     * A statement as the server counts it, without its values.
     *
     * @param text its beginning
     * @param totalMs milliseconds of all its calls
     * @param sharedReads pages of 8 kB that were not in the memory of Postgres
     * @param plan the steps of its plan, outermost first; empty where it has none
     */
    public record Statement(
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
            List<Finding> advice) {}

    /**
     * A table.
     *
     * @param bytes with its indexes
     */
    public record Table(
            String name,
            long rows,
            long dead,
            long bytes,
            @Nullable Instant vacuumedAt) {}

    /**
     * Where rows go that no other partition takes.
     *
     * @param rows what is in it, counted to 10000
     */
    public record DefaultPartition(String name, String of, long rows) {}

    /**
     * The connections of this process.
     *
     * @param pending callers that wait for one
     * @param acquireP99Ms what 99 of 100 callers of the last minutes waited at most; null before the first
     */
    public record Pool(
            int size,
            int active,
            int idle,
            int pending,
            int min,
            int max,
            @Nullable Double acquireP99Ms) {}

    long count(Finding.Kind kind) {
        return findings.stream().filter(finding -> finding.kind() == kind).count();
    }
}
