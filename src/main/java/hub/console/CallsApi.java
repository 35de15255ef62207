package hub.console;

import hub.partner.ledger.CallSums;
import hub.partner.ledger.CallSums.Sum;
import hub.partner.ledger.Tally;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/calls?partner=&from=&to=}: what was called, how it was answered, and what it cost. */
@RestController
class CallsApi {

    static final String PATH = "/api/calls";

    private final CallSums sums;
    private final Clock clock;

    CallsApi(CallSums sums, Clock clock) {
        this.sums = sums;
        this.clock = clock;
    }

    /**
     * Calls of a span.
     *
     * @param costWon of all, whole won, rounded up once; the costs of the lines may add up to more
     */
    record Calls(Instant from, Instant to, long calls, long costWon, List<Line> lines) {}

    /**
     * Calls of one partner, operation and class of answer.
     *
     * @param answer the class
     * @param costMilliWon thousandths of a won, exactly
     */
    record Line(
            String partner,
            String operation,
            String answer,
            long calls,
            long retries,
            long bytesOut,
            long bytesIn,
            long costMilliWon,
            long slowestMs) {

        static Line of(Sum sum) {
            Tally tally = sum.tally();
            return new Line(
                    sum.partner(),
                    sum.operation(),
                    sum.kind(),
                    tally.calls(),
                    tally.retries(),
                    tally.bytesOut(),
                    tally.bytesIn(),
                    tally.costMilliWon(),
                    tally.slowestMs());
        }
    }

    @GetMapping(PATH)
    Calls calls(
            @RequestParam(name = "partner", required = false) @Nullable String partner,
            @RequestParam(name = "from", required = false) @Nullable String from,
            @RequestParam(name = "to", required = false) @Nullable String to) {
        CallSpan span = CallSpan.of(from, to, clock.instant());
        List<Sum> found = sums.of(Optional.ofNullable(partner).filter(name -> !name.isEmpty()), span.from(), span.to());
        Tally total = CallSums.total(found);
        return new Calls(
                span.from(),
                span.to(),
                total.calls(),
                total.costWon(),
                found.stream().map(Line::of).toList());
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    ProductsApi.Refusal refused(IllegalArgumentException e) {
        return new ProductsApi.Refusal(
                "from, to", String.valueOf(e.getMessage()), "correct it, or leave both out for today");
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    ProductsApi.Refusal unanswered(DataAccessException e) {
        return new ProductsApi.Refusal("calls", "Postgres did not answer in time", "ask again, or for a shorter span");
    }
}
