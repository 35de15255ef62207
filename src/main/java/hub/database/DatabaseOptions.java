package hub.database;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the report on the database looks.
 *
 * @param statements statements it names, 1 to 100, those that took the most time in all
 * @param text characters of a statement that it shows, 40 to 10000
 * @param slowMean a statement that takes longer in the mean is slow, if it was called more than {@code slowCalls} times
 * @param slowCalls calls from which the mean of a statement counts
 * @param largeTable rows from which reading a whole table is worth a word
 * @param unusedAfter an index is called unused when the server has counted for so long and it was not read once
 * @param timeout how long Postgres may take for one plan or one look, 100ms to 30s
 */
@ConfigurationProperties(prefix = "hub.database", ignoreUnknownFields = false)
public record DatabaseOptions(
        @DefaultValue("20") int statements,
        @DefaultValue("200") int text,
        @DefaultValue("1s") Duration slowMean,
        @DefaultValue("100") long slowCalls,
        @DefaultValue("10000") long largeTable,
        @DefaultValue("7d") Duration unusedAfter,
        @DefaultValue("2s") Duration timeout) {

    public DatabaseOptions {
        if (statements < 1 || statements > 100 || text < 40 || text > 10_000) {
            throw new IllegalArgumentException("hub.database: statements=" + statements + ", text=" + text
                    + "; allowed are 1 to 100 statements and 40 to 10000 characters");
        }
        if (timeout.toMillis() < 100 || timeout.toSeconds() > 30) {
            throw new IllegalArgumentException("hub.database.timeout=" + timeout + "; allowed are 100ms to 30s");
        }
        if (slowMean.isNegative() || slowCalls < 0 || largeTable < 0 || unusedAfter.isNegative()) {
            throw new IllegalArgumentException("hub.database: slow-mean=" + slowMean + ", slow-calls=" + slowCalls
                    + ", large-table=" + largeTable + ", unused-after=" + unusedAfter + "; none may be below 0");
        }
    }
}
