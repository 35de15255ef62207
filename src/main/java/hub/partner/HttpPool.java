package hub.partner;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one partner.
 *
 * <p>Retries are off (the client's own would send a POST twice on 503), redirects are off (they would carry credentials
 * along), and so are cookies and remembered logins. Certificates and host names are checked. Thread-safe.
 */
final class HttpPool implements AutoCloseable {

    static final String HEADERS = "200 lines of 16 KB";

    private static final int HEADER_LINES = 200;
    private static final int HEADER_LINE = 16 * 1024;

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private static final TlsSocketStrategy TLS = DefaultClientTlsStrategy.createDefault();

    private final Addresses addresses;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;
    private final ScheduledFuture<?> sweep;

    HttpPool(HttpSettings settings, String userAgent, ScheduledExecutorService clock, DnsResolver addresses) {
        this.addresses = new Addresses(settings.dnsTtl(), addresses);
        this.connections = connections(settings, this.addresses);
        this.client = client(settings, userAgent, connections);
        this.sweep = clock.scheduleWithFixedDelay(connections::closeExpired, 5, 5, TimeUnit.SECONDS);
    }

    CloseableHttpClient client() {
        return client;
    }

    Addresses addresses() {
        return addresses;
    }

    private static PoolingHttpClientConnectionManager connections(HttpSettings settings, Addresses addresses) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(settings.connections())
                .setMaxConnPerRoute(settings.perHost())
                .setDnsResolver(addresses)
                .setTlsSocketStrategy(HttpPool::encrypted)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxHeaderCount(HEADER_LINES)
                                .setMaxLineLength(HEADER_LINE)
                                .build())
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                        .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                        .setTimeToLive(TimeValue.of(life(settings.dnsTtl())))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .build())
                .build();
    }

    /** No longer than an address is believed: one that is in use all the time would never see that the host moved. */
    private static Duration life(Duration dnsTtl) {
        return dnsTtl.compareTo(LONGEST_LIFE) < 0 ? dnsTtl : LONGEST_LIFE;
    }

    /** Whatever goes wrong there, no byte of the call was sent: it is told from a connection that breaks later. */
    private static SSLSocket encrypted(
            Socket socket, String target, int port, @Nullable Object attachment, HttpContext context)
            throws IOException {
        try {
            return TLS.upgrade(socket, target, port, attachment, context);
        } catch (SSLHandshakeException e) {
            throw e;
        } catch (IOException e) {
            SSLHandshakeException refused = new SSLHandshakeException("no TLS with it: " + e.getMessage());
            refused.initCause(e);
            throw refused;
        }
    }

    private static CloseableHttpClient client(
            HttpSettings settings, String userAgent, PoolingHttpClientConnectionManager connections) {
        return HttpClients.custom()
                .setUserAgent(userAgent)
                .setConnectionManager(connections)
                .setKeepAliveStrategy(keepAlive(TimeValue.of(settings.keepAlive())))
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.of(settings.responseTimeout()))
                        .setConnectionRequestTimeout(Timeout.ofSeconds(2))
                        .setConnectionKeepAlive(TimeValue.of(settings.keepAlive()))
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** The server's own time counts where it is shorter. */
    private static ConnectionKeepAliveStrategy keepAlive(TimeValue most) {
        return (response, context) -> {
            TimeValue asked = DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(response, context);
            return TimeValue.isNonNegative(asked) && asked.compareTo(most) < 0 ? asked : most;
        };
    }

    @Override
    public void close() throws IOException {
        sweep.cancel(false);
        client.close();
    }
}
