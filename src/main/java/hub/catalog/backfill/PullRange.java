package hub.catalog.backfill;

import hub.catalog.backfill.RangeRefusedException.Why;
import hub.time.Seoul;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a supplier's catalogue: what changed from one moment to another, or some of its numbered pages. Both ends
 * belong to it.
 *
 * @param from as it was asked for
 * @param to as it was asked for; null: to the end
 * @param since null for pages
 * @param until null for pages, and when there is no end
 * @param firstPage 1 for times
 * @param lastPage null for times, and when there is no end
 */
public record PullRange(
        String from,
        @Nullable String to,
        @Nullable Instant since,
        @Nullable Instant until,
        int firstPage,
        @Nullable Integer lastPage) {

    /** More pages no supplier has: at 100 items each a hundred million products. */
    private static final int MOST_DIGITS = 6;

    /**
     * Reads what a person asked for.
     *
     * @param from a page such as {@code 3}, a day in Korea such as {@code 2026-11-01}, or a moment with its offset
     * @param to the same; a day is meant to its end
     * @throws RangeRefusedException if this supplier cannot be asked for it
     */
    public static PullRange read(String supplier, RangeKind kind, String from, @Nullable String to, Instant now) {
        return switch (kind) {
            case NONE -> throw new RangeRefusedException(Why.NO_RANGES, supplier);
            case PAGES -> pages(supplier, from, to);
            case TIME -> times(supplier, from, to, now);
        };
    }

    private static PullRange pages(String supplier, String from, @Nullable String to) {
        int first = page(supplier, from);
        Integer last = to == null ? null : Integer.valueOf(page(supplier, to));
        if (to != null && last != null && last < first) {
            throw new RangeRefusedException(Why.REVERSED, from, to);
        }
        return new PullRange(from, to, null, null, first, last);
    }

    private static int page(String supplier, String text) {
        if (!text.matches("[1-9][0-9]{0," + (MOST_DIGITS - 1) + "}")) {
            throw new RangeRefusedException(Why.NEEDS_PAGES, supplier, text);
        }
        return Integer.parseInt(text);
    }

    private static PullRange times(String supplier, String from, @Nullable String to, Instant now) {
        Instant since = begin(supplier, from);
        Instant until = to == null ? null : end(supplier, to);
        refuseFuture(from, since, now);
        if (to != null && until != null) {
            if (until.isBefore(since)) {
                throw new RangeRefusedException(Why.REVERSED, from, to);
            }
            refuseFuture(to, begin(supplier, to), now); // of today not all is over
        }
        return new PullRange(from, to, since, until, 1, null);
    }

    private static void refuseFuture(String text, Instant at, Instant now) {
        if (at.isAfter(now)) {
            String here = now.atZone(Seoul.ZONE)
                    .toOffsetDateTime()
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
            throw new RangeRefusedException(Why.FUTURE, text, here);
        }
    }

    private static Instant begin(String supplier, String text) {
        return day(text)
                .map(Seoul::begin)
                .or(() -> moment(text))
                .orElseThrow(() -> new RangeRefusedException(Why.NEEDS_TIME, supplier, text));
    }

    private static Instant end(String supplier, String text) {
        return day(text)
                .map(day -> Seoul.begin(day.plusDays(1)).minusMillis(1))
                .or(() -> moment(text))
                .orElseThrow(() -> new RangeRefusedException(Why.NEEDS_TIME, supplier, text));
    }

    /** Years of four digits: beyond, a day after the last is none, and no request can name it. */
    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() >= 1000 && day.getYear() <= 9999);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> moment(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text))
                    .filter(at -> at.getYear() >= 1000 && at.getYear() <= 9999)
                    .map(OffsetDateTime::toInstant);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
