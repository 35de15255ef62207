package hub.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import hub.budget.BudgetSpentException;
import hub.budget.CallBudgets;
import hub.doctor.HarmlessCalls.Harmless;
import hub.partner.Partner;
import hub.partner.PartnerCallException;
import hub.partner.PartnerSettings;
import hub.partner.Stop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/** One partner, looked at once by one thread; {@link #findings()} may be read by another at any time. */
final class Visit implements Callable<Boolean> {

    /** What Java trusts, as the HTTP clients do. */
    private static final SSLSocketFactory TLS = (SSLSocketFactory) SSLSocketFactory.getDefault();

    private final Partner partner;
    private final PartnerSettings settings;
    private final CallBudgets budgets;
    private final List<Stop> stops;
    private final Supplier<Optional<Harmless>> harmless;
    private final DoctorOptions options;
    private final Clock clock;
    private final List<Finding> findings = new CopyOnWriteArrayList<>();

    Visit(
            Partner partner,
            CallBudgets budgets,
            List<Stop> stops,
            Supplier<Optional<Harmless>> harmless,
            DoctorOptions options,
            Clock clock) {
        this.partner = partner;
        this.settings = partner.settings();
        this.budgets = budgets;
        this.stops = stops;
        this.harmless = harmless;
        this.options = options;
        this.clock = clock;
    }

    String name() {
        return settings.name();
    }

    /** What was found so far. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** Looks at everything; ends early where the next step could not be taken. */
    @Override
    public Boolean call() throws InterruptedException {
        budget();
        stops.forEach(stop -> found(
                Check.STOP,
                Level.BAD,
                "stop." + stop.kind().name().toLowerCase(Locale.ROOT),
                "/api/stops",
                stop.operation(),
                stop.until(),
                stop.why()));
        Expiry.of(name(), settings.credentialLife(), clock.instant()).ifPresent(findings::add);
        Road road = new Road(name(), options, settings.connectTimeout(), clock, TLS, findings::add);
        boolean open = true;
        for (Address address :
                settings.addresses().stream().map(Address::of).distinct().toList()) {
            open &= road.open(address);
        }
        if (open) {
            ask();
        } else {
            found(Check.CREDENTIALS, Level.NOTE, "credentials.untried", option("auth"));
        }
        return open;
    }

    private void budget() {
        budgets.view().stream()
                .filter(view -> view.partner().equals(name()))
                .map(view -> Allowance.of(name(), view))
                .forEach(findings::add);
    }

    private void ask() throws InterruptedException {
        Optional<Harmless> call = harmless.get();
        if (call.isEmpty()) {
            found(Check.CREDENTIALS, Level.NOTE, "credentials.no-call", "doctor.request.jq", name());
            return;
        }
        if (spent(call.get().operation())) {
            send(call.get());
        }
    }

    /**
     * Waits for its turn like any other call, half the deadline at most; nothing is sent that the budget does not hold.
     */
    private boolean spent(String operation) throws InterruptedException {
        long until = System.nanoTime() + options.deadline().toNanos() / 2;
        while (true) {
            try {
                waited(budgets.spend(name(), operation, "catalogue"));
                return true;
            } catch (BudgetSpentException e) {
                if (System.nanoTime() + e.retryAfter().toNanos() > until) {
                    found(
                            Check.CREDENTIALS,
                            Level.WARN,
                            "credentials.no-budget",
                            option("budget"),
                            e.retryAfter().toMillis());
                    return false;
                }
                waited(Math.max(1, e.retryAfter().toMillis()));
            }
        }
    }

    /** Nothing counts it down: the wait is the time itself, and the deadline can interrupt it. */
    private static void waited(long millis) throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }

    private void send(Harmless call) {
        long begun = System.nanoTime();
        try {
            Partner.Answer answer = partner.call(call.operation(), call.request());
            answered(Duration.ofNanos(System.nanoTime() - begun));
            judged(call, answer);
        } catch (PartnerCallException e) {
            refused(e);
        }
        partner.clock().ifPresent(reading -> clock(reading.ahead()));
    }

    private void judged(Harmless call, Partner.Answer answer) {
        if (!answer.outcome().equals("ok")) {
            found(Check.CREDENTIALS, Level.BAD, "credentials.call-refused", "doctor.request.jq", answer.reason());
            return;
        }
        JsonNode verdict = call.judge(answer.body());
        if (verdict.isTextual()) {
            String why = settings.masked(verdict.asText());
            found(Check.CREDENTIALS, Level.BAD, "credentials.refused", option("auth"), why);
        } else if (verdict.isBoolean()) {
            found(Check.CREDENTIALS, Level.NOTE, "credentials.unproven", option("auth"));
        } else {
            found(Check.CREDENTIALS, Level.OK, "credentials.ok", option("auth"), call.operation());
        }
    }

    private void answered(Duration took) {
        boolean slow = took.compareTo(options.slow()) > 0;
        String code = slow ? "answer.slow" : "answer.ok";
        found(Check.ANSWER, slow ? Level.WARN : Level.OK, code, settings.baseUrl(), took.toMillis());
    }

    /** The sentence of the exception says what was asked and what came back, without our credentials. */
    private void refused(PartnerCallException e) {
        String why = String.valueOf(e.getMessage());
        if (e.status() == 400 || e.status() == 401 || e.status() == 403) {
            found(Check.CREDENTIALS, Level.BAD, "credentials.refused", option("auth"), why);
        } else if (e.status() == 429 || (e.status() == 0 && why.contains("budget"))) {
            found(Check.BUDGET, Level.WARN, "budget.refused", option("budget"), why);
        } else if (e.status() != 0 || stops.isEmpty()) { // else the stop is why nothing was sent, and is named already
            found(Check.ANSWER, Level.BAD, "answer.none", settings.baseUrl(), why);
        }
    }

    private void clock(Duration ahead) {
        boolean off = ahead.abs().compareTo(options.clockOff()) > 0;
        boolean refused = ahead.abs().compareTo(options.clockRefused()) > 0;
        found(
                Check.CLOCK,
                refused ? Level.BAD : off ? Level.WARN : Level.OK,
                refused ? "clock.refused" : off ? "clock.off" : "clock.ok",
                settings.baseUrl(),
                ahead.toMillis(),
                options.clockRefused().toMillis());
    }

    private String option(String key) {
        return "hub.partners." + name() + "." + key;
    }

    private void found(Check check, Level level, String code, String where, Object... values) {
        findings.add(Finding.of(name(), check, level, code, where, values));
    }
}
