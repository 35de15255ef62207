package hub.sandbox.zentrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The person who types hand-off files into the supplier's web site, looking for new ones once a second.
 *
 * <p>Types what a file says and looks nothing up: a number that stands in one file twice, or in two files, becomes two
 * orders. A file of the same name, size and content is the same file and typed once, over restarts too, also when the
 * clerk was stopped in the middle of it. A number that was refused stays refused.
 */
final class Clerk {

    private static final String REFUSED = "refused";
    private static final String FILE = "hand-off";
    private static final int REFUSALS_SHOWN = 50;

    private final Path folder;
    private final SandboxClock clock;
    private final SandboxStore store;
    private final Catalogue catalogue;
    private final Orders orders;
    private final Map<Path, FileTime> seen = new HashMap<>();
    private Instant nextLook = Instant.MIN;

    /** @param folder of the {@code *.csv} files; may be missing */
    Clerk(Path folder, SandboxClock clock, SandboxStore store, Catalogue catalogue, Orders orders) {
        this.folder = folder;
        this.clock = clock;
        this.store = store;
        this.catalogue = catalogue;
        this.orders = orders;
    }

    synchronized void look() {
        Instant now = clock.now();
        if (now.isBefore(nextLook) || !Files.isDirectory(folder)) {
            return;
        }
        nextLook = now.plusSeconds(1);
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().endsWith(".csv"))
                    .sorted()
                    .forEach(this::type);
        } catch (IOException e) {
            throw new UncheckedIOException("hand-off folder " + folder, e);
        }
    }

    /** The numbers that were not entered, each with the reason; as many as one can read. */
    List<String> refusals() {
        return store.all(REFUSED).stream()
                .map(JsonNode::asText)
                .limit(REFUSALS_SHOWN)
                .toList();
    }

    private void type(Path file) {
        FileTime written = written(file);
        if (written.equals(seen.get(file))) {
            return;
        }
        byte[] content = read(file);
        List<List<String>> records = Csv.records(new String(content, StandardCharsets.UTF_8));
        boolean whole = records.stream().allMatch(fields -> fields.size() == OrderLine.HEADER.size());
        if (!whole || records.isEmpty() || !records.get(0).equals(OrderLine.HEADER)) {
            return; // half written, or not a hand-off file: the next look shows
        }
        String identity = file.getFileName() + " " + content.length + " " + DigestUtils.sha256Hex(content);
        if (store.get(FILE, identity).isEmpty()) {
            type(records, identity);
            store.put(FILE, identity, BooleanNode.TRUE);
        }
        seen.put(file, written);
    }

    private void type(List<List<String>> records, String identity) {
        for (int number = 1; number < records.size(); number++) {
            OrderLine line = OrderLine.of(records.get(number));
            String from = identity + " " + number;
            boolean entered = orders.entered(line.ownOrderNo()).stream()
                    .anyMatch(order -> order.path("from").asText().equals(from));
            if (!entered && store.get(REFUSED, line.ownOrderNo()).isEmpty()) {
                enter(line, from);
            }
        }
    }

    private void enter(OrderLine line, String from) {
        Optional<Product> product = catalogue.find(line.supplierCode());
        String refusal =
                product.map(found -> refusal(line, found)).orElse("the product " + line.supplierCode() + " is unknown");
        if (product.isPresent() && refusal.isEmpty()) {
            orders.enter(line, product.get(), from);
        } else {
            store.put(REFUSED, line.ownOrderNo(), TextNode.valueOf(line.ownOrderNo() + ": " + refusal));
        }
    }

    /** Why a line cannot be entered; empty when it can. */
    private static String refusal(OrderLine line, Product product) {
        if (line.ownOrderNo().isBlank()) {
            return "the own order number is missing";
        }
        if (!line.qty().matches("[1-9]\\d{0,5}")) {
            return "the quantity is not a number from 1 to 999999";
        }
        if (product.soldOut()) {
            return "the product " + product.code() + " is sold out";
        }
        return product.offers(line.option().strip())
                ? ""
                : "the product " + product.code() + " has no option '" + line.option() + "'";
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException e) {
            return FileTime.fromMillis(0);
        } catch (IOException e) {
            throw new UncheckedIOException("hand-off file " + file, e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException("hand-off file " + file, e);
        }
    }
}
