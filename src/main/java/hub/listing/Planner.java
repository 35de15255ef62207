package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Jobs;
import hub.queue.NewJob;
import hub.queue.Priority;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the desired state of listings up to the products that changed.
 *
 * <p>To be called in a transaction: the changes it takes are gone only when the listings and jobs made of them are
 * stored. Some ten statements, however many products.
 */
final class Planner {

    private final JdbcClient database;
    private final Jobs jobs;
    private final ListingOptions options;
    private final Wishes wishes;
    private final Room room;

    Planner(JdbcClient database, Jobs jobs, ListingOptions options, Wishes wishes) {
        this.database = database;
        this.jobs = jobs;
        this.options = options;
        this.wishes = wishes;
        this.room = new Room(database, options.createAhead());
    }

    /** What became of up to {@code atMost} changed products: numbers of listings, and refusals by reason. */
    ObjectNode plan(int atMost) {
        List<Goods> changed = database.sql(ListingSql.TAKE_CHANGES)
                .param("atMost", atMost)
                .param("stale", options.staleMax().toMillis())
                .query((row, n) -> goods(row))
                .list();
        Plan plan = new Plan();
        if (!changed.isEmpty()) {
            Map<String, Listing> known = known(changed);
            changed.forEach(goods -> options.markets()
                    .forEach((name, market) -> plan.add(
                            goods,
                            name,
                            market,
                            known.get(id(name, market.account(), goods.supplier(), goods.sku())))));
            plan.store();
        }
        options.markets().forEach(plan::open);
        jobs.enqueue(plan.work);
        return plan.report(changed.size());
    }

    private Map<String, Listing> known(List<Goods> changed) {
        ArrayNode keys = JsonNodeFactory.instance.arrayNode();
        changed.forEach(
                goods -> keys.addObject().put("supplier", goods.supplier()).put("sku", goods.sku()));
        Map<String, Listing> known = new HashMap<>();
        database.sql(ListingSql.OF_PRODUCTS)
                .param("products", keys.toString())
                .query((row, n) -> Listing.of(row))
                .list()
                .forEach(l -> known.put(id(l.market(), l.account(), l.supplier(), l.sku()), l));
        return known;
    }

    private static String id(String market, String account, String supplier, String sku) {
        return String.join("\0", market, account, supplier, sku);
    }

    private static ObjectNode identity(JsonNode row) {
        return Work.identity(
                row.path("market").asText(),
                row.path("account").asText(),
                row.path("supplier").asText(),
                row.path("sku").asText());
    }

    private static Goods goods(ResultSet row) throws SQLException {
        Map<String, StockLine> stocks = new HashMap<>();
        for (JsonNode line : Json.required(row, "stocks")) {
            Integer stock = line.path("stock").isNull()
                    ? null
                    : Integer.valueOf(line.path("stock").asInt());
            stocks.put(
                    line.path("key").asText(),
                    new StockLine(
                            line.path("costWon").asLong(),
                            stock,
                            line.path("stale").asBoolean()));
        }
        return new Goods(
                row.getString("supplier"),
                row.getString("sku"),
                row.getString("state"),
                row.getBoolean("complete"),
                row.getBoolean("bought"),
                row.getBoolean("waits"),
                Set.of((String[]) row.getArray("unlisted").getArray()),
                Json.required(row, "content"),
                row.getString("hash"),
                stocks);
    }

    /** One run: what is to be stored, and the jobs that come of it. */
    private final class Plan {

        private final ArrayNode saved = JsonNodeFactory.instance.arrayNode();
        private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
        private final Map<String, List<ObjectNode>> planned = new LinkedHashMap<>();
        private final ArrayNode held = JsonNodeFactory.instance.arrayNode();
        private final ArrayNode forgotten = JsonNodeFactory.instance.arrayNode();
        private final List<NewJob> work = new ArrayList<>();
        private final ObjectNode refused = JsonNodeFactory.instance.objectNode();
        private int updated;
        private int unchanged;
        private int opened;

        void add(Goods goods, String name, ListingOptions.Market market, @Nullable Listing listing) {
            Wish wish = listing == null
                    ? wishes.first(goods, name)
                    : wishes.next(goods, name, listing.desired(), listing.listed() || listing.sent() != null);
            if (listing == null && !wish.refusal().isEmpty()) {
                refused.put(wish.refusal(), refused.path(wish.refusal()).asInt() + 1);
            }
            JsonNode desired = wish.desired();
            if (desired == null) {
                return;
            }
            if (listing == null) {
                planned.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(save(goods, name, market.account(), "planned", desired, wish));
            } else if (Json.plain(desired).equals(listing.desired())) {
                unchanged++;
                if (wish.held() != listing.held()) {
                    held.add(Work.identity(name, market.account(), goods.supplier(), goods.sku())
                            .put("held", wish.held()));
                }
            } else {
                change(goods, listing, desired, wish);
            }
        }

        private void change(Goods goods, Listing listing, JsonNode desired, Wish wish) {
            updated++;
            Step step = Step.of(listing, desired);
            if (step.kind().equals(Step.FORGET)) {
                forgotten.add(Work.identity(listing.market(), listing.account(), goods.supplier(), goods.sku()));
                return;
            }
            save(goods, listing.market(), listing.account(), step.state(), desired, wish);
            if (!step.kind().isEmpty()) {
                work.add(Work.of(step.kind(), listing, step.priority(), null));
            }
        }

        private ObjectNode save(Goods goods, String market, String account, String state, JsonNode desired, Wish wish) {
            ObjectNode row = Work.identity(market, account, goods.supplier(), goods.sku())
                    .put("key", SellerCode.of(goods.supplier(), goods.sku()))
                    .put("state", state)
                    .put("held", wish.held())
                    .put("proof", wish.proof());
            row.set("desired", desired);
            saved.add(row);
            for (JsonNode item : desired.path("items")) {
                items.add(identity(row)
                        .put("key", item.path("key").asText())
                        .put("option_key", item.path("optionKey").asText()));
            }
            return row;
        }

        void store() {
            options.markets()
                    .forEach((name, limits) -> openAtOnce(name, limits, planned.getOrDefault(name, List.of())));
            if (!saved.isEmpty()) {
                database.sql(ListingSql.SAVE).param("rows", saved.toString()).update();
            }
            if (!items.isEmpty()) {
                database.sql(ListingSql.SAVE_OPTIONS)
                        .param("items", items.toString())
                        .update();
            }
            if (!held.isEmpty()) {
                database.sql(ListingSql.HOLD).param("rows", held.toString()).update();
            }
            if (!forgotten.isEmpty()) {
                database.sql(ListingSql.FORGET)
                        .param("rows", forgotten.toString())
                        .update();
            }
        }

        /** New ones that all have room need not wait first: that would be one more write for each. */
        private void openAtOnce(String market, ListingOptions.Market limits, List<ObjectNode> rows) {
            if (!rows.isEmpty() && room.forAll(market, limits, rows.size())) {
                rows.forEach(row -> row.put("opened", true));
                rows.forEach(row -> work.add(
                        Work.of(Work.CREATE, identity(row), row.path("key").asText(), Priority.LOW, null)));
                opened += rows.size();
            }
        }

        void open(String market, ListingOptions.Market limits) {
            List<NewJob> creations = room.open(market, limits);
            opened += creations.size();
            work.addAll(creations);
        }

        ObjectNode report(int taken) {
            ObjectNode report = JsonNodeFactory.instance
                    .objectNode()
                    .put("taken", taken)
                    .put(
                            "planned",
                            planned.values().stream().mapToInt(List::size).sum())
                    .put("opened", opened)
                    .put("updated", updated)
                    .put("unchanged", unchanged);
            report.set("refused", refused);
            return report;
        }
    }
}
