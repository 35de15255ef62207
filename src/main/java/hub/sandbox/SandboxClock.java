package hub.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** Real time for stamps and signatures, and the pace at which the partners' own work goes by. */
public record SandboxClock(Clock clock, double pace) {

    public static final ZoneId KST = ZoneId.of("Asia/Seoul");

    public Instant now() {
        return clock.instant();
    }

    /** The real time that a simulated span takes. */
    public Duration real(Duration simulated) {
        return Duration.ofNanos((long) (simulated.toNanos() / pace));
    }
}
