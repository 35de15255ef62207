package hub.partner;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts what a partner refuses, and nothing else. */
class StopsWatch implements AnswerWatch {

    private final Stops stops;

    StopsWatch(Stops stops) {
        this.stops = stops;
    }

    @Override
    public Optional<Stop> stopped(String partner, String operation, String credentials, Supplier<String> request) {
        return stops.of(partner, operation, credentials, request);
    }

    @Override
    public void refused(Refusal refusal) {
        stops.refused(refusal);
    }

    @Override
    public void accepted(String partner, String operation, Supplier<String> request) {
        stops.accepted(partner, operation, request);
    }

    @Override
    public void limited(String partner, String operation, Duration retryAfter, String why) {}

    @Override
    public void allowance(String partner, String operation, int perSecond, int burst, int remaining) {}
}
