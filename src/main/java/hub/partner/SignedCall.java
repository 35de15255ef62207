package hub.partner;

import hub.signing.CoupangHmac;
import hub.signing.Secret;
import java.time.Clock;
import java.time.Duration;

/** Signs the exact bytes of path and query that go out, at the time that the partner has. Thread-safe. */
record SignedCall(PartnerSettings settings, Clock clock, SignedTime time) implements Authentication {

    @Override
    public void sign(Outgoing call) {
        String url = call.url(settings.baseUrl());
        String target = url.substring(url.indexOf('/', url.indexOf("://") + 3));
        int mark = target.indexOf('?');
        Duration ahead = time.ahead();
        call.provedBy(ahead);
        call.header(
                "Authorization",
                CoupangHmac.authorization(
                        settings.reveal("access-key"),
                        Secret.of(settings.reveal("secret-key")),
                        call.method(),
                        mark < 0 ? target : target.substring(0, mark),
                        mark < 0 ? "" : target.substring(mark + 1),
                        clock.instant().plus(ahead)));
        call.header("X-Requested-By", settings.reveal("vendor-id"));
    }

    @Override
    public boolean renew(Outgoing refused) {
        return refused.proof() instanceof Duration used && time.refused(used);
    }
}
