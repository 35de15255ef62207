package hub.console;

import hub.order.Journal;
import hub.order.JournalEntry;
import hub.partner.Stop;
import hub.partner.Stops;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Where an operator lifts a stop; who did it, when and why stands in the journal, or it is not lifted. */
@Component
class StopDesk {

    private static final int LONGEST_REASON = 500;

    private final Stops stops;
    private final Journal journal;
    private final TransactionTemplate transaction;

    StopDesk(Stops stops, Journal journal, PlatformTransactionManager transactions) {
        this.stops = stops;
        this.journal = journal;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Lifts what is stopped of an operation; the next call goes out within a second, in every process.
     *
     * @return false when nothing of it is stopped any more; nothing was changed then
     * @throws IllegalArgumentException if no reason is given, or one of more than 500 letters
     */
    boolean lift(String partner, Stop.Kind kind, String operation, String why, String actor) {
        String reason = why.strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("why has " + reason.length() + " letters; say in 1 to " + LONGEST_REASON
                    + " why the partner will take the call now");
        }
        Boolean lifted = transaction.execute(status -> {
            if (stops.lift(partner, kind, operation) == 0) {
                return false;
            }
            String key = partner + "/" + operation + "/" + kind;
            journal.append(List.of(new JournalEntry("stop", key, "STOPPED", "LIFTED", reason, actor)));
            return true;
        });
        return Boolean.TRUE.equals(lifted);
    }
}
