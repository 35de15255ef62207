package hub.sandbox.ownerclan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** {@code itemHistories}: the youngest changes, newest first. Not thread-safe. */
final class Histories {

    private static final String KIND = "history";
    private static final int KEPT = 20_000;
    private static final long LONGEST = Duration.ofDays(7).toMillis();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TITLES = Map.of(
            "soldout", "품절",
            "restocked", "재입고",
            "discontinued", "단종",
            "priceIncreased", "가격 인상",
            "priceDecreased", "가격 인하");

    /** What is known of one change. */
    private record Line(long number, JsonNode json) {}

    private final SandboxStore store;
    private final Deque<Line> lines = new ArrayDeque<>();
    private long last;

    Histories(SandboxStore store) {
        this.store = store;
        for (JsonNode json : store.all(KIND)) {
            last = json.path("number").asLong();
            lines.addFirst(new Line(last, json));
        }
    }

    /** Notes what differs between two states of an item; quantities are not noted. */
    void note(Change before, Change after) {
        if (before.won() != after.won()) {
            String kind = after.won() > before.won() ? "priceIncreased" : "priceDecreased";
            add(after, kind, Long.toString(before.won()), Long.toString(after.won()));
        }
        if (!before.status().equals(after.status())) {
            String kind = after.available() ? "restocked" : after.status();
            add(after, kind, before.status(), after.status());
        }
    }

    ObjectNode find(ObjectNode arguments, long now) {
        long to = arguments.path("dateTo").asLong(now);
        long from = arguments.path("dateFrom").asLong(to - LONGEST);
        if (to - from > LONGEST) {
            throw new GraphqlException("조회 기간은 최대 7일입니다.").about("dateFrom", arguments.path("dateFrom"));
        }
        Listing listing = Listing.of(arguments);
        List<Line> found = new ArrayList<>();
        Iterator<Line> all = listing.backwards() ? lines.descendingIterator() : lines.iterator();
        all.forEachRemaining(line -> {
            long at = line.json().path("createdAt").asLong();
            if (at >= from && at <= to && matches(line, arguments) && behind(line, listing)) {
                found.add(line);
            }
        });
        return listing.page(found.iterator(), line -> Long.toString(line.number()), Line::json);
    }

    private static boolean matches(Line line, ObjectNode arguments) {
        return is(arguments.path("kind"), line.json().path("kind"))
                && is(arguments.path("itemKey"), line.json().path("itemKey"));
    }

    private static boolean is(JsonNode wanted, JsonNode value) {
        return wanted.isNull() || wanted.isMissingNode() || wanted.asText().equals(value.asText());
    }

    private static boolean behind(Line line, Listing listing) {
        if (listing.cursor().isEmpty()) {
            return true;
        }
        long cursor = Long.parseLong(listing.cursor());
        return listing.backwards() ? line.number() > cursor : line.number() < cursor;
    }

    private void add(Change change, String kind, String before, String after) {
        ObjectNode json = JSON.createObjectNode().put("number", ++last);
        json.put("itemKey", Item.key(change.number())).put("kind", kind);
        json.put("title", TITLES.getOrDefault(kind, kind));
        json.put("valueBefore", before).put("valueAfter", after).put("createdAt", change.updatedAt());
        store.put(KIND, id(last), json);
        lines.addFirst(new Line(last, json));
        if (lines.size() > KEPT) {
            store.remove(KIND, id(lines.removeLast().number()));
        }
    }

    private static String id(long number) {
        return "%012d".formatted(number);
    }
}
