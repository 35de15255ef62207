package hub.doctor;

import hub.budget.CallBudgets;
import hub.partner.Partner;
import hub.partner.Partners;
import hub.partner.Stop;
import hub.partner.Stops;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Examines all partners, several at once, each with a deadline of its own: one that hangs hides none of the others.
 *
 * <p>One examination at a time. Thread-safe.
 */
@Component
public final class Doctor {

    private final Partners partners;
    private final CallBudgets budgets;
    private final Stops stops;
    private final HarmlessCalls calls;
    private final DoctorOptions options;
    private final Clock clock;
    private volatile @Nullable Report last;

    Doctor(
            Partners partners,
            CallBudgets budgets,
            Stops stops,
            DoctorOptions options,
            Environment environment,
            Clock clock) {
        this.partners = partners;
        this.budgets = budgets;
        this.stops = stops;
        this.calls = new HarmlessCalls(Path.of(environment.getProperty("hub.routes.folder", "routes")));
        this.options = options;
        this.clock = clock;
    }

    /** The newest report of this process; empty before the first. */
    public Optional<Report> last() {
        return Optional.ofNullable(last);
    }

    /** Examines now; a report that is younger than {@link DoctorOptions#pause()} is given again. */
    public synchronized Report examine() {
        Report before = last;
        Instant now = clock.instant();
        if (before != null && now.isBefore(before.at().plus(before.took()).plus(options.pause()))) {
            return before;
        }
        List<Finding> findings = visitAll();
        Report report = new Report(now, Duration.between(now, clock.instant()), findings);
        last = report;
        return report;
    }

    private List<Finding> visitAll() {
        // Who hangs in the resolver cannot be interrupted: it is left behind on a thread of its own, and its turn is
        // free.
        ExecutorService visitors = Executors.newCachedThreadPool(Doctor::daemon);
        ExecutorService turns = Executors.newFixedThreadPool(options.atOnce(), Doctor::daemon);
        try {
            List<Stop> stopped = stops.all();
            List<Callable<List<Finding>>> visits = inOrder().stream()
                    .map(partner -> visit(partner, stopped))
                    .<Callable<List<Finding>>>map(visit -> () -> made(visit, visitors.submit(visit)))
                    .toList();
            List<Finding> all = new ArrayList<>();
            for (Future<List<Finding>> made : turns.invokeAll(visits)) {
                all.addAll(made.get());
            }
            return all;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the examination was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the examination broke off: " + e.getCause(), e);
        } finally {
            turns.shutdownNow();
            visitors.shutdownNow();
        }
    }

    private List<Finding> made(Visit visit, Future<?> going) throws InterruptedException {
        try {
            going.get(options.deadline().toMillis(), TimeUnit.MILLISECONDS);
            return visit.findings();
        } catch (TimeoutException e) {
            going.cancel(true);
            return broken(visit, "late", options.deadline().toMillis());
        } catch (ExecutionException e) {
            return broken(visit, "failed", String.valueOf(e.getCause()));
        }
    }

    private static List<Finding> broken(Visit visit, String code, Object value) {
        List<Finding> all = new ArrayList<>(visit.findings());
        String where = "hub.partners." + visit.name();
        all.add(Finding.of(visit.name(), Check.ANSWER, Level.BAD, code, where, value));
        return all;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "doctor");
        thread.setDaemon(true);
        return thread;
    }

    private List<Partner> inOrder() {
        return partners.all().values().stream()
                .sorted(Comparator.comparing(partner -> partner.settings().name()))
                .toList();
    }

    private Visit visit(Partner partner, List<Stop> stopped) {
        String name = partner.settings().name();
        List<Stop> own =
                stopped.stream().filter(stop -> stop.partner().equals(name)).toList();
        return new Visit(partner, budgets, own, () -> calls.of(name, partners.identity(name)), options, clock);
    }
}
