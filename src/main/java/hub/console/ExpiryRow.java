package hub.console;

import hub.partner.CredentialLife;
import hub.partner.Partner;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that end.
 *
 * @param on the day in Seoul; null when it is not known
 * @param days until then, negative afterwards; null when it is not known
 */
record ExpiryRow(
        String partner, @Nullable LocalDate on, @Nullable Long days) {

    /** Days from which on it is shown as bad. */
    private static final int NEAR = 14;

    /** Whether somebody should act now. */
    public boolean isNear() {
        return days != null && days <= NEAR;
    }

    /** Those that end or may, in the order of partners. */
    static List<ExpiryRow> of(Map<String, Partner> partners, Instant now) {
        return new TreeMap<>(partners)
                .entrySet().stream()
                        .filter(one -> {
                            CredentialLife life = life(one.getValue());
                            return life.isUnknown() || life.endsOn().isPresent();
                        })
                        .map(one -> new ExpiryRow(
                                one.getKey(),
                                life(one.getValue()).endsOn().orElse(null),
                                life(one.getValue()).daysLeft(now).orElse(null)))
                        .toList();
    }

    private static CredentialLife life(Partner partner) {
        return partner.settings().credentialLife();
    }
}
