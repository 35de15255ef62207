package hub.partner;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * The HTTP client of one partner: a pool of its own, nothing repeated, nothing followed, nothing remembered.
 *
 * <p>Every answer is bounded, see {@link AnswerBounds}, and every call ends at its deadline. Thread-safe.
 */
final class Http implements Sending, AutoCloseable {

    private static final ScheduledExecutorService DEADLINES = deadlines();

    private final HttpSettings settings;
    private final HttpPool pool;
    private final AnswerBody bodies;
    private final AnswerBody downloads;
    private final Supplier<Duration> spend;
    private final PartnerClock heard;
    private final Seen seen;

    /** Is told of every call that no route has made, such as one for a token. */
    interface Seen {
        /**
         * A call is over.
         *
         * @param status 0 when no answer came
         */
        void call(HttpUriRequestBase request, int status, long bytes, Duration took);
    }

    /** A client that finds hosts by {@code addresses}. */
    Http(HttpSettings settings, String userAgent, DnsResolver addresses) {
        this(
                settings,
                new HttpPool(settings, userAgent, DEADLINES, addresses),
                () -> Duration.ZERO,
                new PartnerClock(),
                (request, status, bytes, took) -> {});
    }

    private Http(HttpSettings settings, HttpPool pool, Supplier<Duration> spend, PartnerClock heard, Seen seen) {
        this.settings = settings;
        this.pool = pool;
        this.bodies = new AnswerBody(settings.bounds());
        this.downloads = new AnswerBody(settings.downloads().bounds());
        this.spend = spend;
        this.heard = heard;
        this.seen = seen;
    }

    /**
     * What is cancelled is let go at once: it holds on to a request, and thousands are made before their time is over.
     */
    private static ScheduledExecutorService deadlines() {
        ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "call-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
        return deadlines;
    }

    /** The same client, for calls that no route has spent. */
    Http spending(Supplier<Duration> spend, Seen seen) {
        return new Http(settings, pool, spend, heard, seen);
    }

    /** Spends a call that no route has spent: how long it has to wait, nothing is spent then; zero: go. */
    Duration spend() {
        return spend.get();
    }

    /** What its answers say of the partner's clock. */
    @Override
    public PartnerClock heard() {
        return heard;
    }

    Incoming send(HttpUriRequestBase request, Deadline deadline) throws IOException {
        return send(request, false, deadline);
    }

    /**
     * Sends once, and reads the whole answer before the deadline.
     *
     * @param toDisk whether an answer that tells of success is too large to be held
     * @throws AnswerRefusedException if the answer is beyond a bound; its connection is cut off then
     */
    @Override
    public Incoming send(HttpUriRequestBase request, boolean toDisk, Deadline by) throws IOException {
        request.setHeader("Accept-Encoding", AnswerBody.ENCODINGS);
        ScheduledFuture<?> deadline =
                DEADLINES.schedule(request::cancel, by.left().toMillis(), TimeUnit.MILLISECONDS);
        long begun = System.nanoTime();
        try {
            Instant sent = Instant.now();
            Incoming answer = pool.client().execute(request, response -> {
                if (response.getFirstHeader("Age") == null) {
                    heard.note(response.getFirstHeader("Date"), sent, Instant.now());
                }
                return read(request, response, toDisk, begun);
            });
            seen.call(request, answer.status(), answer.bytes(), answer.took());
            return answer;
        } catch (AnswerRefusedException e) {
            seen.call(request, 0, 0, since(begun));
            throw e;
        } catch (MessageConstraintException e) {
            throw new AnswerRefusedException(
                    "headers", "its headers are larger than " + HttpPool.HEADERS + "; ask the partner what it sends");
        } catch (ConnectException | ConnectTimeoutException | NoRouteToHostException e) {
            pool.addresses().forget(request.getAuthority().getHostName());
            throw e;
        } catch (IOException e) {
            if (e instanceof SSLHandshakeException) { // whoever has its old address shows another certificate, or none
                pool.addresses().forget(request.getAuthority().getHostName());
            }
            seen.call(request, 0, 0, since(begun));
            throw request.isCancelled() ? late(e, by.whole(), toDisk) : e;
        } catch (RuntimeException e) {
            // What the client throws when the deadline takes its connection away while it waits for one or connects,
            // such as CancellationException or IllegalStateException.
            if (!request.isCancelled()) {
                throw e;
            }
            seen.call(request, 0, 0, since(begun));
            throw late(e, by.whole(), toDisk);
        } finally {
            deadline.cancel(false);
        }
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private IOException late(Exception cause, Duration most, boolean toDisk) {
        IOException late = new InterruptedIOException("it took longer than " + most.toMillis() + " ms (hub.partners."
                + settings.partner() + (toDisk ? ".download-deadline)" : ".call-deadline)"));
        late.initCause(cause);
        return late;
    }

    private Incoming read(HttpUriRequestBase request, ClassicHttpResponse response, boolean toDisk, long begun)
            throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (var header : response.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        HttpEntity entity = response.getEntity();
        try {
            if (toDisk && entity != null && response.getCode() < 300) {
                Spool spool = Spool.of(out -> downloads.copy(
                        entity.getContent(), entity.getContentLength(), headers.get("content-encoding"), out));
                return new Incoming(response.getCode(), headers, spool.head(), spool, spool.wire(), since(begun));
            }
            AnswerBody.Whole whole = entity == null ? new AnswerBody.Whole(new byte[0], 0) : body(entity, headers);
            return new Incoming(response.getCode(), headers, whole.body(), null, whole.bytes(), since(begun));
        } catch (AnswerRefusedException e) {
            // Closing alone would read a refused answer to its end, for the sake of the connection.
            request.cancel();
            throw e;
        }
    }

    private AnswerBody.Whole body(HttpEntity entity, Map<String, String> headers) throws IOException {
        return bodies.read(entity.getContent(), entity.getContentLength(), headers.get("content-encoding"));
    }

    @Override
    public void close() throws IOException {
        pool.close();
    }
}
