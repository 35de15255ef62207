package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.catalog.SupplierClocks;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** All partners that are not left out, by name. */
@Component
public class Partners implements SupplierClocks, DisposableBean {

    /**
     * A {@code Date} further off than this is no clock, and would have a catalogue read from its beginning each time.
     */
    private static final Duration NO_CLOCK = Duration.ofDays(1);

    private final Map<String, Partner> partners = new LinkedHashMap<>();
    private final Map<String, AuthScheme> byName = new LinkedHashMap<>();
    private final List<Http> clients = new ArrayList<>();

    Partners(
            Environment environment,
            List<AuthScheme> schemes,
            HttpOptions options,
            AnswerWatch watch,
            MeterRegistry meters,
            Clock clock,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<Attachments> attachments) {
        BuildProperties version = build.getIfAvailable();
        String userAgent = "dropship-hub/" + (version == null ? "dev" : version.getVersion());
        schemes.forEach(scheme -> byName.put(scheme.name(), scheme));
        new PartnerBinding(environment, schemes, options).read().forEach((name, settings) -> {
            Http http = client(settings.http(), userAgent, SystemDefaultDnsResolver.INSTANCE);
            CallCount counts = new CallCount(settings, watch, meters);
            Authentication authentication = java.util.Objects.requireNonNull(byName.get(settings.auth()))
                    .of(settings, http.spending(() -> unplanned(watch, name), counts::token));
            partners.put(
                    name,
                    new Partner(
                            settings,
                            http,
                            authentication,
                            key -> attached(attachments, key),
                            watch,
                            counts,
                            meters,
                            clock));
        });
    }

    @Override
    public Duration behind(String supplier) {
        Partner partner = partners.get(supplier);
        Duration behind = partner == null ? Duration.ZERO : partner.clockAhead().negated();
        return behind.isNegative() || behind.compareTo(NO_CLOCK) > 0 ? Duration.ZERO : behind;
    }

    /**
     * The partner of that name.
     *
     * @throws IllegalArgumentException if there is none, with the names of those there are
     */
    public Partner get(String name) {
        Partner partner = partners.get(name);
        if (partner == null) {
            throw new IllegalArgumentException("no partner " + name + "; there are " + partners.keySet()
                    + " (hub.partners." + name + ".enabled may be false)");
        }
        return partner;
    }

    /** Who we are at a partner, for its documents: {@code account}, and keys that are no secret, such as vendorId. */
    public JsonNode identity(String name) {
        PartnerSettings settings = get(name).settings();
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        identity.put("name", name).put("account", settings.account());
        for (String key :
                java.util.Objects.requireNonNull(byName.get(settings.auth())).shown()) {
            identity.put(camelCase(key), settings.reveal(key));
        }
        return identity;
    }

    private static String camelCase(String key) {
        int dash = key.indexOf('-');
        return key.substring(0, dash) + Character.toUpperCase(key.charAt(dash + 1)) + key.substring(dash + 2);
    }

    public boolean has(String name) {
        return partners.containsKey(name);
    }

    public Map<String, Partner> all() {
        return Map.copyOf(partners);
    }

    private Http client(HttpSettings settings, String userAgent, DnsResolver addresses) {
        Http http = new Http(settings, userAgent, addresses);
        clients.add(http);
        return http;
    }

    /** Asked for late: what makes the files may need the partners. */
    private static Path attached(ObjectProvider<Attachments> attachments, String key) throws IOException {
        Attachments there = attachments.getIfAvailable();
        if (there == null) {
            throw new IOException("nothing here makes files that calls attach; key " + key);
        }
        return there.file(key);
    }

    /** A token is worth more than its call: where the budget cannot be asked it is fetched. */
    private static Duration unplanned(AnswerWatch watch, String partner) {
        try {
            return watch.unplanned(partner, "token");
        } catch (RuntimeException e) {
            return Duration.ZERO;
        }
    }

    @Override
    public void destroy() throws IOException {
        for (Http client : clients) {
            client.close();
        }
    }
}
