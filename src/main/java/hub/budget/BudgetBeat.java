package hub.budget;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** The pulse of the budgets in one process: it lives, and it tells an emptied Redis what it booked. */
public final class BudgetBeat implements AutoCloseable {

    private static final int CATCH_UP = 300;
    private static final int LIVES = LocalBudget.BEAT;

    private final ScheduledExecutorService pulse = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "budget-beat");
        thread.setDaemon(true);
        return thread;
    });

    /** Two threads: a Postgres that hangs does not keep Redis from being tried again. */
    public BudgetBeat(CallBudgets budgets) {
        every(CATCH_UP, budgets::catchUp);
        every(LIVES, budgets::beat);
    }

    private void every(long millis, Runnable task) {
        ScheduledFuture<?> unused = pulse.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        // Postgres is away, which others report; a task that throws would never run again.
                    }
                },
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        pulse.shutdownNow();
    }
}
