package hub.doctor;

import hub.partner.CredentialLife;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Whether the credentials of a partner end soon. Whoever renews them is a person, and a new key may take a day to work:
 * said a month ahead, more urgently a fortnight and three days ahead.
 */
final class Expiry {

    private static final int SOON = 30;
    private static final int NEAR = 14;
    private static final int URGENT = 3;

    private Expiry() {}

    /** Empty for a partner whose credentials have no end that is known. */
    static Optional<Finding> of(String partner, CredentialLife life, Instant now) {
        String where = "hub.partners." + partner + ".credentials.issued-on";
        if (life.isUnknown()) {
            int days = life.validDays().orElseThrow();
            return Optional.of(Finding.of(partner, Check.EXPIRY, Level.NOTE, "expiry.unknown", where, days, where));
        }
        return life.daysLeft(now).map(left -> {
            LocalDate end = life.endsOn().orElseThrow();
            return Finding.of(partner, Check.EXPIRY, level(left), code(left), where, Math.abs(left), end);
        });
    }

    private static Level level(long left) {
        return left < 0 ? Level.BAD : left <= SOON ? Level.WARN : Level.OK;
    }

    private static String code(long left) {
        if (left < 0) {
            return "expiry.over";
        }
        return left <= URGENT
                ? "expiry.urgent"
                : left <= NEAR ? "expiry.near" : left <= SOON ? "expiry.soon" : "expiry.ok";
    }
}
