package hub.partner;

import hub.time.Seoul;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How long credentials are good that a person has to renew, as far as it was stated.
 *
 * @param issuedOn the day in Seoul; empty when nobody said
 * @param validDays empty where the partner states no end
 */
public record CredentialLife(Optional<LocalDate> issuedOn, Optional<Integer> validDays) {

    /** The day in Seoul on which they end, at the hour at which they were issued; empty when that is not known. */
    public Optional<LocalDate> endsOn() {
        return issuedOn.flatMap(day -> validDays.map(day::plusDays));
    }

    /** Whole days to {@link #endsOn}; 0 on that day, negative afterwards. */
    public Optional<Long> daysLeft(Instant now) {
        return endsOn().map(end -> ChronoUnit.DAYS.between(Seoul.day(now), end));
    }

    /** Whether they end, and nobody said when they were issued. */
    public boolean isUnknown() {
        return validDays.isPresent() && issuedOn.isEmpty();
    }
}
