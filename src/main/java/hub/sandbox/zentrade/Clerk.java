package hub.sandbox.zentrade;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The person who types hand-off files into the supplier's web site, looking for new ones once a second.
 *
 * <p>Types what a file says: a number that stands in one file twice becomes two orders. A number entered before that
 * file was opened is left out, and one refused, because the product is unknown or sold out, stays refused.
 */
final class Clerk {

    private static final String REFUSED = "refused";

    private final Path folder;
    private final SandboxClock clock;
    private final SandboxStore store;
    private final Catalogue catalogue;
    private final Orders orders;
    private final Map<Path, FileTime> typed = new HashMap<>();
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

    private void type(Path file) {
        FileTime written = written(file);
        if (written.equals(typed.get(file))) {
            return;
        }
        List<List<String>> records = Csv.records(read(file));
        boolean whole = records.stream().allMatch(fields -> fields.size() == OrderLine.HEADER.size());
        if (!whole || records.isEmpty() || !records.get(0).equals(OrderLine.HEADER)) {
            return; // half written, or not a hand-off file: the next look shows
        }
        type(records);
        typed.put(file, written);
    }

    private void type(List<List<String>> records) {
        List<OrderLine> lines = records.stream().skip(1).map(OrderLine::of).toList();
        Set<String> settled =
                lines.stream().map(OrderLine::ownOrderNo).filter(this::settled).collect(Collectors.toSet());
        lines.stream().filter(line -> !settled.contains(line.ownOrderNo())).forEach(this::enter);
    }

    private boolean settled(String ownOrderNo) {
        return store.get(REFUSED, ownOrderNo).isPresent()
                || !orders.entered(ownOrderNo).isEmpty();
    }

    private void enter(OrderLine line) {
        Optional<Product> product = catalogue.find(line.supplierCode()).filter(found -> !found.soldOut());
        boolean complete = !line.ownOrderNo().isBlank() && line.qty().matches("[1-9]\\d{0,5}");
        if (product.isPresent() && complete) {
            orders.enter(line, product.get());
        } else {
            store.put(REFUSED, line.ownOrderNo(), JsonNodeFactory.instance.objectNode());
        }
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

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException("hand-off file " + file, e);
        }
    }
}
