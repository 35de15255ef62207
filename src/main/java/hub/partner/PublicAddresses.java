package hub.partner;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The addresses of hosts of the open internet only: a supplier names the pictures that we fetch, and must not make us
 * fetch something of our own network. The connection goes to the very address that was looked at.
 *
 * <p>Ranges: RFC 1918, 3927, 4193, 6598 (100.64.0.0/10), loopback, multicast, and none at all.
 */
final class PublicAddresses implements DnsResolver {

    private final DnsResolver source;

    PublicAddresses(DnsResolver source) {
        this.source = source;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = source.resolve(host);
        for (InetAddress address : addresses) {
            if (isOurs(address)) {
                throw new PrivateAddressException(host + " is " + address.getHostAddress()
                        + ", an address of a private network; no file is fetched from there");
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return source.resolveCanonicalHostname(host);
    }

    private static boolean isOurs(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean carrier = bytes.length == 4 && bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        boolean zero = bytes.length == 4 && bytes[0] == 0;
        boolean unique = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        return carrier
                || zero
                || unique
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }
}
