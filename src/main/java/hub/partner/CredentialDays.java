package hub.partner;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * {@code hub_partner_credential_days}: days until the credentials of a partner end, negative afterwards. There is none
 * for a partner whose end is not known.
 */
@Component
class CredentialDays {

    CredentialDays(Partners partners, MeterRegistry meters, Clock clock) {
        partners.all().values().stream().map(Partner::settings).forEach(settings -> {
            CredentialLife life = settings.credentialLife();
            life.endsOn()
                    .ifPresent(end -> Gauge.builder("hub.partner.credential.days", life, of -> left(of, clock))
                            .description("Days until the credentials of the partner end")
                            .tags("partner", settings.name())
                            .strongReference(true)
                            .register(meters));
        });
    }

    private static double left(CredentialLife life, Clock clock) {
        return life.daysLeft(clock.instant()).map(Long::doubleValue).orElse(Double.NaN);
    }
}
