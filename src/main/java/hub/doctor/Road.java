package hub.doctor;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/**
 * The way to one address of a partner: its name, its port, its certificate; what lies behind a closed door is not
 * tried.
 */
final class Road {

    private final String partner;
    private final DoctorOptions options;
    private final Duration connect;
    private final Clock clock;
    private final SSLSocketFactory tls;
    private final Consumer<Finding> findings;

    Road(
            String partner,
            DoctorOptions options,
            Duration connect,
            Clock clock,
            SSLSocketFactory tls,
            Consumer<Finding> findings) {
        this.partner = partner;
        this.options = options;
        this.connect = connect;
        this.clock = clock;
        this.tls = tls;
        this.findings = findings;
    }

    /** Whether calls can get there. */
    boolean open(Address address) {
        return resolves(address) && listens(address) && verified(address);
    }

    private boolean resolves(Address address) {
        try {
            found(Check.DNS, Level.OK, "dns.ok", address, address.resolve().getHostAddress());
            return true;
        } catch (UnknownHostException e) {
            found(Check.DNS, Level.BAD, "dns.unknown", address, address.host());
            return false;
        }
    }

    private boolean listens(Address address) {
        try {
            address.connect(connect);
            found(Check.PORT, Level.OK, "port.ok", address, address);
            return true;
        } catch (SocketTimeoutException e) {
            found(Check.PORT, Level.BAD, "port.silent", address, address, connect.toMillis());
        } catch (IOException e) {
            found(Check.PORT, Level.BAD, "port.closed", address, address, String.valueOf(e.getMessage()));
        }
        return false;
    }

    private boolean verified(Address address) {
        if (!address.encrypted()) {
            found(Check.TLS, Level.NOTE, "tls.none", address, address);
            return true;
        }
        try {
            certificate(address, address.certificateEnds(connect, tls));
            return true;
        } catch (IOException e) {
            found(Check.TLS, Level.BAD, "tls.refused", address, address, String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void certificate(Address address, Instant ends) {
        Duration left = Duration.between(clock.instant(), ends);
        boolean soon = left.compareTo(options.certificateLeft()) < 0;
        found(Check.TLS, soon ? Level.WARN : Level.OK, soon ? "tls.ends" : "tls.ok", address, left.toDays(), ends);
    }

    private void found(Check check, Level level, String code, Address address, Object... values) {
        findings.accept(Finding.of(partner, check, level, code, address.toString(), values));
    }
}
