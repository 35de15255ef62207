package hub.sandbox.zentrade;

import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A simulator over a folder, with a clock that stands still unless told. */
final class ZentradeBench {

    static final String PRODUCTS = "/shop/proc/product_api.php";
    static final String ORDERS = "/shop/proc/order_api.php";

    final SandboxStore store;
    final ZentradeSimulator simulator;
    private final Path folder;
    private Instant now = Instant.parse("2026-03-01T03:40:00Z");

    ZentradeBench(Path folder, int products, double changesPerHour) {
        this.folder = folder;
        SandboxOptions options = new SandboxOptions(
                true,
                9090,
                products,
                60,
                1,
                changesPerHour,
                7,
                folder,
                folder,
                Map.of("zentrade", Map.of("id", "sandbox", "key", "secret")));
        store = new SandboxStore(folder.resolve("zentrade.jsonl"));
        simulator = new ZentradeSimulator(options, new SandboxClock(clock(), 60), store);
    }

    /** Writes a hand-off file, header line included. */
    void handOff(String name, String... lines) {
        String header = String.join(",", OrderLine.HEADER);
        write(name, "\uFEFF" + header + "\r\n" + String.join("\r\n", lines) + "\r\n");
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(folder.resolve("zentrade"));
            Files.writeString(folder.resolve("zentrade").resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void pass(Duration time) {
        now = now.plus(time);
        simulator.tick();
    }

    Answer get(String path, String query, String... faults) {
        return simulator.answer(new Request(
                "GET",
                path,
                "id=sandbox&m_skey=secret&" + query,
                "/zentrade" + path,
                Map.of(),
                new byte[0],
                now,
                Set.of(faults)));
    }

    Answer post(String path, String form) {
        return simulator.answer(new Request(
                "POST",
                path,
                "",
                "/zentrade" + path,
                Map.of("content-type", "application/x-www-form-urlencoded"),
                form.getBytes(StandardCharsets.UTF_8),
                now,
                Set.of()));
    }

    List<Element> orders(String pordno) {
        return elements(get(ORDERS, "pordno=" + pordno).body(), "ord_info");
    }

    /** As a parser reads the bytes, with nothing told but the XML declaration. */
    static List<Element> elements(byte[] xml, String name) {
        try {
            Document document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
            NodeList found = document.getElementsByTagName(name);
            return IntStream.range(0, found.getLength())
                    .mapToObj(index -> (Element) found.item(index))
                    .toList();
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Element only(Element parent, String name) {
        return (Element) parent.getElementsByTagName(name).item(0);
    }

    static byte[] sample(String name) {
        String file = "/sandbox/zentrade/" + name + ".euckr.xml";
        try (InputStream in = ZentradeBench.class.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return SandboxClock.KST;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
    }
}
