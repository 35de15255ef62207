package hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.test.context.DynamicPropertyRegistry;

/** What a hub that a test starts whole has to itself: its folders, and the port of its simulators. */
public final class TestHub {

    private final Supplier<Path> folder;
    private final int sandbox = TestRedis.freePort();
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param folder asked for when the hub starts, by which time JUnit has made it */
    public TestHub(Supplier<Path> folder) {
        this.folder = folder;
    }

    public void options(DynamicPropertyRegistry options) {
        options.add("hub.embedded.data", () -> in("data").toString());
        options.add("hub.handoff.folder", () -> in("handoff").toString());
        options.add("hub.sandbox.state", () -> in("sandbox").toString());
        options.add("hub.sandbox.port", () -> sandbox);
        options.add("hub.console.password-file", () -> passwordFile().toString());
    }

    /** A hub without the routes of the project; put others into the folder. */
    public Path ownRoutes(DynamicPropertyRegistry options) throws IOException {
        Path routes = Files.createDirectories(in("routes"));
        options.add("hub.routes.folder", routes::toString);
        return routes;
    }

    public Path passwordFile() {
        return in("secret/console-password");
    }

    /** Of the user {@code admin}. */
    public String password() throws IOException {
        return Files.readAllLines(passwordFile()).get(0);
    }

    /**
     * Calls that reached a simulator so far.
     *
     * @param operation how its name begins
     */
    public long calls(String partner, String operation) throws IOException {
        try (Stream<String> lines = Files.lines(in("sandbox/journal.jsonl"))) {
            return lines.filter(line -> line.contains("\"partner\":\"" + partner + "\"")
                            && line.contains("\"operation\":\"" + operation))
                    .count();
        }
    }

    /** A simulator misbehaves so until {@link #mend}. */
    public void fault(String name, String partner, String operation) throws IOException, InterruptedException {
        faults(
                "POST",
                "{\"fault\":\"%s\",\"partner\":\"%s\",\"operation\":\"%s\"}".formatted(name, partner, operation));
    }

    public void mend() throws IOException, InterruptedException {
        faults("DELETE", "");
    }

    private void faults(String method, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sandbox + "/sandbox/faults"))
                .method(method, BodyPublishers.ofString(body))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private Path in(String name) {
        return folder.get().resolve(name);
    }
}
