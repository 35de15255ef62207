package hub.console;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import hub.catalog.PullProgress;
import hub.catalog.Pulls;
import hub.catalog.Ranges;
import hub.catalog.backfill.Backfill;
import hub.catalog.backfill.Backfills;
import hub.catalog.backfill.RangeRefusedException;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/pulls}: how far the reading of each supplier is. {@code POST
 * /api/pulls/{supplier}?whole=true&wait=60s} reads a supplier now; {@code whole} reads everything from the first page,
 * {@code wait} (0 to 10m, 0s by default) answers when it is done.
 *
 * <p>With {@code from} (and {@code to}) a range is read again, beside the usual pulls: a page (3), a day in Korea
 * (2026-11-01) or a moment with its offset, whichever the supplier can be asked for. {@code GET /api/pulls/ranges} says
 * how far it is.
 *
 * <p>Answers of the POST: 200 done, 202 begun or asked for, 400 no such wait or range, 404 no such supplier is read
 * here, 409 it is being read, 502 it was broken off.
 */
@RestController
class PullsApi {

    static final String PATH = "/api/pulls";

    static final String RANGES = PATH + "/ranges";

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Pulls pulls;
    private final Ranges ranges;
    private final Backfills backfills;
    private final Clock clock;

    PullsApi(Pulls pulls, Ranges ranges, Backfills backfills, Clock clock) {
        this.pulls = pulls;
        this.ranges = ranges;
        this.backfills = backfills;
        this.clock = clock;
    }

    /**
     * A range with the time it takes yet.
     *
     * @param etaSeconds null while that is not known
     */
    record Ranged(@JsonUnwrapped Backfill range, @Nullable Long etaSeconds) {}

    @GetMapping(RANGES)
    List<Ranged> ranges() {
        return backfills.all().stream()
                .map(range -> new Ranged(range, range.etaSeconds(clock.instant())))
                .toList();
    }

    @GetMapping(PATH)
    List<PullProgress> progress() {
        return pulls.progress();
    }

    @PostMapping(path = PATH + "/{supplier}", params = "from")
    ResponseEntity<Object> startRange(
            @PathVariable("supplier") String supplier,
            @RequestParam("from") String from,
            @RequestParam(name = "to", required = false) @Nullable String to,
            @RequestParam(name = "whole", required = false) @Nullable String whole,
            @RequestParam(name = "wait", required = false) @Nullable String wait,
            Principal user) {
        if (whole != null || wait != null) {
            return json(
                    HttpStatus.BAD_REQUEST,
                    new Outcome("a range takes from and to only; GET " + RANGES + " says how far it is"));
        }
        ranges.ask(supplier, from, to, user.getName());
        return json(HttpStatus.ACCEPTED, new Outcome("asked for; GET " + RANGES + " says how far it is"));
    }

    @ExceptionHandler
    ResponseEntity<Object> refused(RangeRefusedException e) {
        HttpStatus status = switch (e.why()) {
            case NOT_READ -> HttpStatus.NOT_FOUND;
            case BUSY -> HttpStatus.CONFLICT;
            default -> HttpStatus.BAD_REQUEST;
        };
        return json(status, new Outcome(e.sentence()));
    }

    @PostMapping(path = PATH + "/{supplier}", params = "!from")
    CompletableFuture<ResponseEntity<Object>> start(
            @PathVariable("supplier") String supplier,
            @RequestParam(name = "whole", defaultValue = "false") boolean whole,
            @RequestParam(name = "wait", defaultValue = "0s") String wait,
            @RequestParam(name = "to", required = false) @Nullable String to) {
        if (to != null) {
            return refused(HttpStatus.BAD_REQUEST, "to=" + to + " without from; a range has both, or from alone");
        }
        Optional<Duration> patience = patience(wait);
        if (patience.isEmpty()) {
            return refused(HttpStatus.BAD_REQUEST, "wait=" + wait + " is no time such as 60s, 0s to 10m");
        }
        if (!pulls.reads(supplier)) {
            return refused(
                    HttpStatus.NOT_FOUND,
                    supplier + " is not read by this hub; GET " + PATH + " lists what is, a second after the start");
        }
        if (pulls.isReadElsewhere(supplier)) {
            pulls.ask(supplier, whole);
            String said = "asked for; another process of this hub reads " + supplier + " and begins within a second";
            return CompletableFuture.completedFuture(json(HttpStatus.ACCEPTED, new Outcome(said)));
        }
        return pulls.start(supplier, whole)
                .map(end -> answer(end, patience.get()))
                .orElseGet(
                        () -> refused(HttpStatus.CONFLICT, supplier + " is being read; GET " + PATH + " says how far"));
    }

    private static CompletableFuture<ResponseEntity<Object>> answer(
            CompletableFuture<PullProgress> end, Duration patience) {
        return end.thenApply(PullsApi::done)
                .completeOnTimeout(
                        json(HttpStatus.ACCEPTED, new Outcome("begun; GET " + PATH + " says how far it is")),
                        patience.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static ResponseEntity<Object> done(PullProgress progress) {
        HttpStatus status = progress.failure().isEmpty() ? HttpStatus.OK : HttpStatus.BAD_GATEWAY;
        return json(status, progress);
    }

    /** JSON whatever the caller would rather have: a script's tool asks for anything, a browser's for a page. */
    private static ResponseEntity<Object> json(HttpStatus status, Object body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }

    private static CompletableFuture<ResponseEntity<Object>> refused(HttpStatus status, String why) {
        return CompletableFuture.completedFuture(json(status, new Outcome(why)));
    }

    private static Optional<Duration> patience(String wait) {
        try {
            Duration patience = DurationStyle.detectAndParse(wait);
            return patience.isNegative() || patience.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(patience);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In words. */
    record Outcome(String message) {}
}
