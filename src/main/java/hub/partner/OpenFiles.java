package hub.partner;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.springframework.util.unit.DataSize;

/**
 * Files that suppliers name, fetched from the open internet: bounded in bytes and time, never from our own network, and
 * followed over a few redirects of which each is looked at like the first address. Nothing of ours is sent along.
 * Thread-safe.
 */
public final class OpenFiles implements AutoCloseable {

    private static final int REDIRECTS = 3;
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final DataSize most;
    private final Duration deadline;
    private final Http open;
    private final Http near;

    /**
     * A client of its own.
     *
     * @param most bytes of a file
     * @param deadline of one file, redirects apart
     * @param connections at once
     */
    public OpenFiles(DataSize most, Duration deadline, int connections) {
        this.most = most;
        this.deadline = deadline;
        HttpSettings settings = settings(most, deadline, connections);
        this.open = new Http(settings, "dropship-hub", new PublicAddresses(SystemDefaultDnsResolver.INSTANCE));
        this.near = new Http(settings, "dropship-hub", SystemDefaultDnsResolver.INSTANCE);
    }

    private static HttpSettings settings(DataSize most, Duration deadline, int connections) {
        AnswerBounds bounds =
                new AnswerBounds("files", most, most, 200, DataSize.ofKilobytes(1), Duration.ofSeconds(5));
        return new HttpSettings(
                "files",
                connections,
                connections,
                Duration.ofSeconds(20),
                Duration.ofMinutes(2),
                CONNECT.compareTo(deadline) < 0 ? CONNECT : deadline,
                deadline,
                deadline,
                bounds,
                new HttpSettings.Downloads(bounds.onDisk(most), deadline));
    }

    /**
     * The address of a file as it is fetched, whatever the supplier wrote.
     *
     * @throws FileRefusedException if it is no address of http or https
     */
    public static URI address(String url) throws FileRefusedException {
        return FileAddress.of(url);
    }

    /**
     * Fetches it.
     *
     * @param ownNetwork whether it may lie in our own network: the pictures of simulated suppliers do
     * @param conditions headers such as If-None-Match
     * @throws FileRefusedException final: there is none, it is too large, or nothing is fetched from there
     * @throws IOException retryable: its server is away, slow or busy
     */
    public OpenFile fetch(String url, boolean ownNetwork, Map<String, String> conditions) throws IOException {
        URI address = FileAddress.of(url);
        for (int hop = 0; hop <= REDIRECTS; hop++) {
            Incoming answer = send(ownNetwork ? near : open, address, conditions);
            String location = answer.header("location");
            if (answer.status() < 301 || answer.status() > 308 || answer.status() == 304 || location == null) {
                return taken(answer);
            }
            address = FileAddress.of(next(address, location));
        }
        throw new FileRefusedException("its server redirects more than " + REDIRECTS + " times");
    }

    private static String next(URI from, String location) throws FileRefusedException {
        try {
            return from.resolve(location).toString();
        } catch (IllegalArgumentException e) {
            throw new FileRefusedException("its server redirects to what is no address");
        }
    }

    private Incoming send(Http http, URI address, Map<String, String> conditions) throws IOException {
        HttpUriRequestBase request = new HttpUriRequestBase("GET", address);
        conditions.forEach(request::setHeader);
        try {
            return http.send(request, Deadline.in(deadline, deadline));
        } catch (PrivateAddressException e) {
            throw new FileRefusedException(String.valueOf(e.getMessage()));
        } catch (AnswerRefusedException e) {
            throw refused(e);
        }
    }

    private IOException refused(AnswerRefusedException e) {
        return switch (e.limit()) {
            case "pace" -> new IOException("it comes too slowly");
            case "expanded", "packed" -> new FileRefusedException("it is larger than " + most.toBytes() + " bytes");
            default -> new FileRefusedException("its answer is beyond the bound of " + e.limit());
        };
    }

    private static OpenFile taken(Incoming answer) throws IOException {
        int status = answer.status();
        boolean unchanged = status == 304;
        if (unchanged || (status == 200 && answer.body().length > 0)) {
            return new OpenFile(!unchanged, answer.body(), answer.header("etag"), answer.header("last-modified"));
        }
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            throw new IOException("its server answers with status " + status);
        }
        throw new FileRefusedException(status == 200 ? "it is empty" : "its server answers with status " + status);
    }

    @Override
    public void close() throws IOException {
        open.close();
        near.close();
    }
}
