package hub.partner;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The addresses of hosts of the open internet only: a supplier names the pictures that we fetch, and must not make us
 * fetch something of our own network. The connection goes to the very address that was looked at.
 *
 * <p>Ranges: RFC 1918, 3927, 4193, 6598 (100.64.0.0/10), 2544 (198.18.0.0/15), 1112 (240.0.0.0/4), loopback, multicast,
 * 192.0.0.0/24 (RFC 6890), and none at all. Whole as well, since an IPv4 address of ours may hide in any of them:
 * 64:ff9b::/96 (RFC 6052), 64:ff9b:1::/48 (RFC 8215), ::/96 (RFC 4291), 2002::/16 (RFC 3056) and 2001::/32 (RFC 4380).
 */
final class PublicAddresses implements DnsResolver {

    /** What an IPv6 address begins with that may hold one of IPv4: in the order of the ranges above. */
    private static final List<byte[]> HOLD_IPV4 = List.of(
            new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0},
            new byte[] {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 1},
            new byte[12],
            new byte[] {0x20, 0x02},
            new byte[] {0x20, 0x01, 0, 0});

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
        return (address instanceof Inet6Address ? isOurs6(bytes) : isOurs4(bytes))
                || address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }

    private static boolean isOurs4(byte[] bytes) {
        boolean carrier = bytes[0] == 100 && (bytes[1] & 0xc0) == 64;
        boolean bench = (bytes[0] & 0xff) == 198 && (bytes[1] & 0xfe) == 18;
        boolean reserved = (bytes[0] & 0xf0) == 0xf0;
        boolean assigned = (bytes[0] & 0xff) == 192 && bytes[1] == 0 && bytes[2] == 0;
        return bytes[0] == 0 || carrier || bench || reserved || assigned;
    }

    private static boolean isOurs6(byte[] bytes) {
        boolean unique = (bytes[0] & 0xfe) == 0xfc;
        return unique
                || HOLD_IPV4.stream()
                        .anyMatch(prefix -> Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length));
    }
}
