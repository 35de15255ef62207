package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Turnover;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What the sellers do to their goods over time, and {@code getAllSupplyChk} 1.1, which tells of it.
 *
 * <p>Only the last change of an item is remembered.
 */
final class Changes {

    private final SandboxOptions options;
    private final SandboxClock clock;
    private final Catalogue catalogue;
    private final SplittableRandom random;
    private final Turnover turnover;

    Changes(SandboxOptions options, SandboxClock clock, SandboxStore store, Catalogue catalogue) {
        this.options = options;
        this.clock = clock;
        this.catalogue = catalogue;
        this.turnover = new Turnover(options, clock, store);
        this.random = new SplittableRandom(options.seed() ^ clock.now().toEpochMilli());
    }

    /** Makes the changes that are due by now. */
    synchronized void happen() {
        Instant now = clock.now();
        for (int due = turnover.due(); due > 0; due--) {
            synchronized (catalogue) {
                change(catalogue.ware(random.nextInt(catalogue.size())), now);
            }
        }
    }

    private void change(Ware ware, Instant now) {
        if (!ware.onSale()) {
            Ware back = ware.withEnded(false)
                    .withStock(ware.stock().stream()
                            .map(left -> left + random.nextInt(1, 100))
                            .toList());
            catalogue.save(back, "RESTART", now);
            return;
        }
        int kind = random.nextInt(20);
        if (kind < 10) {
            long won = ware.won() * random.nextInt(90, 111) / 1000 * 10;
            catalogue.save(ware.withWon(Math.max(won, 10)), "AMT", now);
        } else if (kind < 15) {
            catalogue.save(ware.withStock(recounted(ware.stock())), "", now);
        } else if (kind < 19) {
            catalogue.save(ware.withStock(Collections.nCopies(ware.stock().size(), 0)), "SOLDOUT", now);
        } else {
            catalogue.save(ware.withEnded(true), "CLOSE", now);
        }
    }

    private List<Integer> recounted(List<Integer> stock) {
        return stock.stream().map(left -> random.nextInt(1, left + 50)).toList();
    }

    /** The changes of one day. */
    ObjectNode answer(Parameters parameters) {
        LocalDate day = KoreanTime.date(parameters.text("date"));
        Set<String> wanted = Set.of(parameters.text("status").split("_", -1));
        List<JsonNode> found = catalogue.changes().stream()
                .filter(change -> told(change, day, wanted))
                .toList();
        int perPage = parameters.number("ic", 200, 1, 200);
        Page page = new Page(found.size(), parameters.number("pg", 1, 1, Integer.MAX_VALUE), perPage);
        Loose loose = new Loose(options.seed(), day.toEpochDay() * 31 + page.number());
        ObjectNode answer = Loose.object();
        answer.set("header", page.header(loose));
        List<ObjectNode> items = Arrays.stream(page.positions())
                .mapToObj(position -> item(found.get(position)))
                .toList();
        ObjectNode list = Loose.object();
        list.set("item", loose.list(items));
        answer.set("items", items.isEmpty() ? Loose.text("") : list);
        return answer;
    }

    private static boolean told(JsonNode change, LocalDate day, Set<String> wanted) {
        String status = change.path("status").asText();
        Instant at = Instant.ofEpochMilli(change.path("at").asLong());
        return !status.isEmpty()
                && (wanted.contains("") || wanted.contains(status))
                && KoreanTime.date(at).equals(day);
    }

    private ObjectNode item(JsonNode change) {
        Ware ware = catalogue.ware((int) (change.path("no").asLong() - Ware.FIRST));
        Loose loose = new Loose(options.seed(), ware.no() * 7);
        ObjectNode item = Loose.object();
        item.set("no", loose.number(ware.no()));
        item.put("title", ware.goods().name())
                .put("status", change.path("status").asText());
        item.set("qty", loose.number(ware.inventory()));
        item.put("date", KoreanTime.text(Instant.ofEpochMilli(change.path("at").asLong())))
                .put("seller", ware.sellerId());
        if (change.path("status").asText().equals("AMT")) {
            item.set("price", loose.number(ware.won()));
        }
        return item;
    }
}
