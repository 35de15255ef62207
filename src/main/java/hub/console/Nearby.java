package hub.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * A read of one path by a program on this machine: it comes from loopback, to a name of loopback, and through no proxy.
 *
 * <p>The name counts because a page of a stranger can have the browser here ask its own name, which it lets point to
 * 127.0.0.1.
 */
final class Nearby implements RequestMatcher {

    private static final Set<String> ADDRESSES = Set.of("127.0.0.1", "::1", "0:0:0:0:0:0:0:1");
    private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1");
    private static final Set<String> PROXIED = Set.of("forwarded", "via", "x-real-ip");

    private final String path;

    Nearby(String path) {
        this.path = path;
    }

    @Override
    public boolean matches(HttpServletRequest request) {
        return (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))
                && request.getRequestURI().equals(path)
                && ADDRESSES.contains(request.getRemoteAddr())
                && NAMES.contains(request.getServerName().toLowerCase(Locale.ROOT))
                && Collections.list(request.getHeaderNames()).stream().noneMatch(Nearby::tellsOfProxy);
    }

    private static boolean tellsOfProxy(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return PROXIED.contains(name) || name.startsWith("x-forwarded");
    }
}
