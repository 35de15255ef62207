package hub.partner;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The HTTP client of one partner: a pool of its own, nothing repeated, nothing followed, nothing remembered.
 *
 * <p>Retries are off (the client's own would send a POST twice on 503), redirects are off (they would carry credentials
 * along), cookies are off, and every answer is bounded before and after decompression. Thread-safe.
 */
final class Http implements AutoCloseable {

    /** A page of repetitive JSON packs about 30 : 1; a bomb packs 1000 : 1. */
    private static final int MAX_RATIO = 200;

    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "call-deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private final PartnerSettings settings;
    private final CloseableHttpClient client;
    private final Supplier<Duration> spend;
    private final PartnerClock heard;

    Http(PartnerSettings settings, String userAgent) {
        this.settings = settings;
        this.spend = () -> Duration.ZERO;
        this.heard = new PartnerClock();
        Timeout response = Timeout.of(settings.responseTimeout());
        this.client = HttpClients.custom()
                .setUserAgent(userAgent)
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(settings.connections())
                        .setMaxConnPerRoute(settings.connections())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                                .setSocketTimeout(response)
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(response)
                        .setConnectionRequestTimeout(Timeout.ofSeconds(2))
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private Http(PartnerSettings settings, CloseableHttpClient client, Supplier<Duration> spend, PartnerClock heard) {
        this.settings = settings;
        this.client = client;
        this.spend = spend;
        this.heard = heard;
    }

    /** The same client, for calls that no route has spent. */
    Http spending(Supplier<Duration> spend) {
        return new Http(settings, client, spend, heard);
    }

    /** Spends a call that no route has spent: how long it has to wait, nothing is spent then; zero: go. */
    Duration spend() {
        return spend.get();
    }

    /** What its answers say of the partner's clock. */
    PartnerClock heard() {
        return heard;
    }

    /** Sends once, and reads the whole answer within the deadline of the partner. */
    Incoming send(HttpUriRequestBase request) throws IOException {
        request.setHeader("Accept-Encoding", "gzip");
        ScheduledFuture<?> deadline =
                DEADLINES.schedule(request::cancel, settings.callDeadline().toMillis(), TimeUnit.MILLISECONDS);
        try {
            Instant sent = Instant.now();
            return client.execute(request, response -> {
                heard.note(response.getFirstHeader("Date"), sent, Instant.now());
                return read(response);
            });
        } finally {
            deadline.cancel(false);
        }
    }

    private Incoming read(ClassicHttpResponse response) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (var header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        byte[] body = entity == null ? new byte[0] : body(entity.getContent(), headers);
        return new Incoming(response.getCode(), headers, body);
    }

    private byte[] body(InputStream content, Map<String, String> headers) throws IOException {
        long max = settings.maxAnswer().toBytes();
        byte[] raw = bounded(content, max);
        if (!"gzip".equalsIgnoreCase(headers.get("content-encoding"))) {
            return raw;
        }
        long expanded = Math.min(max, (long) raw.length * MAX_RATIO + 1024);
        try (InputStream unpacked = new GZIPInputStream(new java.io.ByteArrayInputStream(raw))) {
            return bounded(unpacked, expanded);
        }
    }

    private static byte[] bounded(InputStream in, long max) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (out.size() + read > max) {
                throw new AnswerTooLargeException(max);
            }
            out.write(buffer, 0, read);
        }
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
