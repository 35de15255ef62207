package hub.partner.ledger;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What {@code call_ledger} adds up to; the minute that runs is not in it yet. */
@Component
public class CallSums {

    private final JdbcClient jdbc;

    public CallSums(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Calls of a span.
     *
     * @param kind the class of their answers, see {@link CallLedger}
     */
    public record Sum(String partner, String operation, String kind, Tally tally) {}

    /**
     * By partner, operation and class of answer, in their order.
     *
     * @param partner empty for all
     * @param from the first minute
     * @param to the minute behind the last
     */
    public List<Sum> of(Optional<String> partner, Instant from, Instant to) {
        List<Object> values = new ArrayList<>(List.of(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC)));
        partner.ifPresent(values::add);
        return jdbc.sql("""
                        select partner, operation, class, sum(calls)::int8, sum(retries)::int8, sum(bytes_out)::int8,
                          sum(bytes_in)::int8, sum(cost_milli_won)::int8, max(slowest_ms)
                        from call_ledger where minute >= ? and minute < ?""" + (partner.isPresent() ? " and partner = ?" : "")
                        + " group by partner, operation, class order by partner, operation, class")
                .params(values)
                .query((row, number) -> new Sum(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        new Tally(
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7),
                                row.getLong(8),
                                row.getLong(9))))
                .list();
    }

    /** One tally of several. */
    public static Tally total(List<Sum> sums) {
        return sums.stream().map(Sum::tally).reduce(new Tally(0, 0, 0, 0, 0, 0), Tally::plus);
    }
}
