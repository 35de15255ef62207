package hub.sandbox.naver;

import java.time.Duration;
import java.time.Instant;

/** A span of at most 24 hours, both ends inclusive. */
record Window(Instant from, Instant to) {

    private static final Duration LONGEST = Duration.ofHours(24);

    /**
     * The window a call asks for; without an end it is 24 hours long.
     *
     * @throws RefusedException if a time is missing or unreadable, the ends are swapped, or the window is longer
     */
    static Window of(Call call, String fromName, String toName) {
        Instant from = time(call, fromName);
        Instant to = call.parameter(toName).isEmpty() ? from.plus(LONGEST) : time(call, toName);
        if (to.isBefore(from)) {
            throw RefusedException.parameter(toName);
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw RefusedException.order("104139", "조회 가능한 날짜 범위를 초과했습니다.");
        }
        return new Window(from, to);
    }

    boolean holds(Instant time) {
        return !time.isBefore(from) && !time.isAfter(to);
    }

    private static Instant time(Call call, String name) {
        return call.parameter(name).flatMap(Kst::instant).orElseThrow(() -> RefusedException.parameter(name));
    }
}
