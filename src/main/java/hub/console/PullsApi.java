package hub.console;

import hub.catalog.PullProgress;
import hub.catalog.Pulls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
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
 * <p>Answers of the POST: 200 done, 202 begun, 400 no such wait, 404 no such supplier is read here, 409 it is being
 * read, 502 it was broken off.
 */
@RestController
class PullsApi {

    static final String PATH = "/api/pulls";

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Pulls pulls;

    PullsApi(Pulls pulls) {
        this.pulls = pulls;
    }

    @GetMapping(PATH)
    List<PullProgress> progress() {
        return pulls.progress();
    }

    @PostMapping(PATH + "/{supplier}")
    CompletableFuture<ResponseEntity<Object>> start(
            @PathVariable("supplier") String supplier,
            @RequestParam(name = "whole", defaultValue = "false") boolean whole,
            @RequestParam(name = "wait", defaultValue = "0s") String wait) {
        Optional<Duration> patience = patience(wait);
        if (patience.isEmpty()) {
            return refused(HttpStatus.BAD_REQUEST, "wait=" + wait + " is no time such as 60s, 0s to 10m");
        }
        if (!pulls.reads(supplier)) {
            return refused(
                    HttpStatus.NOT_FOUND,
                    supplier + " is not read by this hub; GET " + PATH + " lists what is, a second after the start");
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
