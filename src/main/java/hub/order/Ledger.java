package hub.order;

import hub.queue.Jobs;
import hub.restore.Restores;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions of the orders: the change of state, its journal rows and the jobs that follow are committed together
 * or not at all, before the call returns.
 */
@Component
class Ledger {

    private static final int TRIES = 5;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Jobs jobs;
    private final Journal journal;
    private final OrderOptions options;
    private final Restores restores;

    Ledger(
            JdbcClient database,
            TransactionTemplate transaction,
            Jobs jobs,
            Journal journal,
            OrderOptions options,
            Restores restores) {
        this.database = database;
        this.transaction = transaction;
        this.jobs = jobs;
        this.journal = journal;
        this.options = options;
        this.restores = restores;
    }

    /**
     * Makes a change. It may be made up to five times when transactions got in each other's way, so it keeps nothing.
     *
     * @throws IllegalStateException inside a transaction of the caller: what is sent must be committed before, not
     *     later
     */
    <T> T change(String actor, Function<Work, T> change) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("the order ledger commits by itself; call it outside of a transaction");
        }
        for (int tried = 1; ; tried++) {
            try {
                return Objects.requireNonNull(transaction.execute(status -> once(actor, change)));
            } catch (ConcurrencyFailureException e) {
                if (tried == TRIES) {
                    throw e;
                }
            }
        }
    }

    void run(String actor, Consumer<Work> change) {
        change(actor, work -> {
            change.accept(work);
            return true;
        });
    }

    private <T> T once(String actor, Function<Work, T> change) {
        Work work = new Work(database, options, restores, actor);
        T result = change.apply(work);
        work.write();
        jobs.enqueue(work.jobs());
        journal.append(work.journal());
        return result;
    }

    Jobs jobs() {
        return jobs;
    }

    OrderOptions options() {
        return options;
    }

    JdbcClient database() {
        return database;
    }
}
