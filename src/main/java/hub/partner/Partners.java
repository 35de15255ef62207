package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** All partners that are not left out, by name. */
@Component
public class Partners implements DisposableBean {

    private static final DataSize MAX_IMAGE = DataSize.ofMegabytes(10);

    private final Map<String, Partner> partners = new LinkedHashMap<>();
    private final Map<String, AuthScheme> byName = new LinkedHashMap<>();
    private final List<Http> clients = new ArrayList<>();

    Partners(
            Environment environment,
            List<AuthScheme> schemes,
            HttpOptions options,
            AnswerWatch watch,
            MeterRegistry meters,
            ObjectProvider<BuildProperties> build) {
        BuildProperties version = build.getIfAvailable();
        String userAgent = "dropship-hub/" + (version == null ? "dev" : version.getVersion());
        schemes.forEach(scheme -> byName.put(scheme.name(), scheme));
        new PartnerBinding(environment, schemes, options).read().forEach((name, settings) -> {
            Http http = client(settings.http(), userAgent, SystemDefaultDnsResolver.INSTANCE);
            Http images = client(images(settings.http()), userAgent, hosts(settings));
            CallCount counts = new CallCount(settings, watch, meters);
            Authentication authentication = java.util.Objects.requireNonNull(byName.get(settings.auth()))
                    .of(settings, http.spending(() -> unplanned(watch, name), counts::token));
            partners.put(
                    name,
                    new Partner(settings, http, authentication, url -> image(images, url), watch, counts, meters));
        });
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

    /** A token is worth more than its call: where the budget cannot be asked it is fetched. */
    private static Duration unplanned(AnswerWatch watch, String partner) {
        try {
            return watch.unplanned(partner, "token");
        } catch (RuntimeException e) {
            return Duration.ZERO;
        }
    }

    /** The pictures of simulated suppliers lie on this machine, and go to a simulated market. */
    private static DnsResolver hosts(PartnerSettings settings) {
        return settings.simulated()
                ? SystemDefaultDnsResolver.INSTANCE
                : new PublicAddresses(SystemDefaultDnsResolver.INSTANCE);
    }

    private static HttpSettings images(HttpSettings settings) {
        AnswerBounds bounds = settings.bounds();
        return settings.forFiles(
                4,
                new AnswerBounds(
                        bounds.partner(), MAX_IMAGE, MAX_IMAGE, bounds.ratio(), bounds.pace(), bounds.paceAfter()));
    }

    private static byte[] image(Http images, String url) throws IOException {
        try {
            Incoming answer = images.send(new HttpUriRequestBase("GET", URI.create(url)));
            if (answer.status() == 200 && answer.body().length > 0) {
                return answer.body();
            }
            throw new IOException("status " + answer.status());
        } catch (IOException | IllegalArgumentException e) {
            throw new FileUnreadableException("the image " + url + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void destroy() throws IOException {
        for (Http client : clients) {
            client.close();
        }
    }
}
