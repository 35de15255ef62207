package hub.partner;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.DnsResolver;

/** The addresses of hosts, believed for a while; what cannot be resolved is asked for again. Thread-safe. */
final class Addresses implements DnsResolver {

    private static final int MOST_HOSTS = 1_000;

    private final DnsResolver source;
    private final Cache<String, InetAddress[]> known;

    Addresses(Duration ttl, DnsResolver source) {
        this.source = source;
        this.known = Caffeine.newBuilder()
                .maximumSize(MOST_HOSTS)
                .expireAfterWrite(ttl)
                .build();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = known.getIfPresent(host);
        if (addresses == null) {
            addresses = source.resolve(host);
            known.put(host, addresses);
        }
        return addresses.clone();
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return source.resolveCanonicalHostname(host);
    }

    /** A host that does not let us in may have moved. */
    void forget(String host) {
        known.invalidate(host);
    }
}
