package hub.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * A host and port that calls go to, looked at from the outside in.
 *
 * @param port that of the scheme where the address names none
 * @param encrypted whether the scheme is https
 */
record Address(String host, int port, boolean encrypted) {

    /** @throws IllegalArgumentException if it is no http or https address */
    static Address of(String url) {
        URI uri = URI.create(url);
        boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null || !(encrypted || "http".equalsIgnoreCase(uri.getScheme()))) {
            throw new IllegalArgumentException(url + " is no http or https address");
        }
        return new Address(uri.getHost(), uri.getPort() > 0 ? uri.getPort() : encrypted ? 443 : 80, encrypted);
    }

    InetAddress resolve() throws UnknownHostException {
        return InetAddress.getByName(host);
    }

    void connect(Duration within) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), (int) within.toMillis());
        }
    }

    /** When the certificate ends; the chain and the name in it were verified. */
    Instant certificateEnds(Duration within, SSLSocketFactory tls) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), (int) within.toMillis());
            plain.setSoTimeout((int) within.toMillis());
            try (SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                        .getNotAfter()
                        .toInstant();
            }
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
