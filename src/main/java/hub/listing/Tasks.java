package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Job;
import hub.queue.Jobs;
import hub.restore.Restores;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Turns claimed jobs into tasks, from what is desired at that moment.
 *
 * <p>To be called in a transaction that ends before the market is called. A creation is marked in it, so that a process
 * that dies during the call leaves a listing that is looked up before it is created again.
 */
final class Tasks {

    private final JdbcClient database;
    private final Jobs jobs;
    private final ListingOptions options;
    private final Restores restores;

    Tasks(JdbcClient database, Jobs jobs, ListingOptions options, Restores restores) {
        this.database = database;
        this.jobs = jobs;
        this.options = options;
        this.restores = restores;
    }

    /** Tasks in the order of the jobs. Jobs that are no longer needed are finished, those too early put back. */
    List<JsonNode> of(List<Job> claimed) {
        if (claimed.isEmpty()) {
            return List.of();
        }
        Map<JsonNode, Listing> listings =
                locked(claimed.stream().map(Job::payload).toList());
        List<Todo> todos = new ArrayList<>();
        for (Job job : claimed) {
            Listing listing = listings.get(job.payload());
            String task = listing == null ? "" : task(job, listing);
            if (listing == null || task.isEmpty()) {
                jobs.done(job.id(), job.fence());
            } else if (tooEarly(listing, task)) {
                jobs.retry(job.id(), job.fence(), settled(listing), "waits for the creation to settle");
            } else {
                todos.add(new Todo(job, listing, task));
            }
        }
        markCreations(todos);
        Surroundings around = surroundings(todos);
        return todos.stream().map(todo -> render(todo, around)).toList();
    }

    private Map<JsonNode, Listing> locked(List<JsonNode> identities) {
        Map<JsonNode, Listing> listings = Listing.locked(database, identities);
        Optional<Instant> restoredAt = restores.lastForListings();
        boolean marked = restoredAt.isPresent() && lookUpFirst(identities, restoredAt.get()) > 0;
        return marked ? Listing.locked(database, identities) : listings;
    }

    private int lookUpFirst(List<JsonNode> identities, Instant restoredAt) {
        return database.sql(ListingSql.LOOK_UP_FIRST)
                .param("restoredAt", restoredAt.atOffset(ZoneOffset.UTC))
                .param(
                        "rows",
                        JsonNodeFactory.instance.arrayNode().addAll(identities).toString())
                .update();
    }

    private String task(Job job, Listing listing) {
        return switch (job.kind()) {
            case Work.CREATE -> create(listing);
            case Work.FIND -> listing.createSentAt() == null || listing.listed() ? "" : "find";
            case Work.CHECK -> listing.listed() ? "check" : "";
            case Work.UPDATE -> update(listing);
            default -> throw new IllegalArgumentException("job " + job.id() + " of kind " + job.kind());
        };
    }

    private String create(Listing listing) {
        if (!listing.state().equals("planned") || listing.listed()) {
            return "";
        }
        if (listing.createSentAt() != null) {
            return "find";
        }
        if (listing.onSale()) {
            return "create";
        }
        // It may come back as a new product: nothing of it was ever sent.
        database.sql(ListingSql.FORGET)
                .param(
                        "rows",
                        JsonNodeFactory.instance
                                .arrayNode()
                                .add(listing.identity())
                                .toString())
                .update();
        return "";
    }

    private static String update(Listing listing) {
        // A listing that waits for approval takes no updates; the check that finds it live asks again.
        boolean useless = !listing.listed()
                || listing.state().equals("pending")
                || listing.sentVersion() >= listing.desiredVersion();
        if (useless) {
            return "";
        }
        return listing.onSale() ? "update" : "stop";
    }

    private boolean tooEarly(Listing listing, String task) {
        return task.equals("find") && Instant.now().isBefore(settled(listing));
    }

    private Instant settled(Listing listing) {
        Instant sentAt = listing.createSentAt();
        return sentAt == null ? Instant.EPOCH : sentAt.plus(options.findAfter());
    }

    private void markCreations(List<Todo> todos) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        todos.stream().filter(todo -> todo.task.equals("create")).forEach(todo -> rows.add(todo.listing.identity()));
        if (!rows.isEmpty()) {
            database.sql(ListingSql.MARK_CREATES).param("rows", rows.toString()).update();
        }
    }

    private Surroundings surroundings(List<Todo> todos) {
        ArrayNode products = JsonNodeFactory.instance.arrayNode();
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (Todo todo : todos) {
            products.add(todo.listing.identity());
            todo.listing
                    .desired()
                    .path("items")
                    .forEach(item -> items.add(
                            todo.listing.identity().put("key", item.path("key").asText())));
        }
        Surroundings around = new Surroundings(new HashMap<>(), new HashMap<>(), new HashMap<>());
        database.sql(ListingSql.CONTENT).param("listings", products.toString()).query(row -> {
            around.contents.put(
                    List.of(row.getString("supplier"), row.getString("sku")), Json.required(row, "content"));
        });
        database.sql(ListingSql.MARKET_OPTIONS).param("items", items.toString()).query(row -> {
            around.marketIds.put(
                    List.of(row.getString("market"), row.getString("account"), row.getString("item_key")),
                    row.getString("market_option_id"));
        });
        database.sql(ListingSql.FACTS).param("listings", products.toString()).query(row -> {
            around.facts
                    .computeIfAbsent(row.getString("partner"), p -> JsonNodeFactory.instance.objectNode())
                    .set(row.getString("name"), Json.required(row, "value"));
        });
        return around;
    }

    private static JsonNode render(Todo todo, Surroundings around) {
        Listing listing = todo.listing;
        ObjectNode task = listing.identity();
        task.putObject("job")
                .put("id", todo.job.id())
                .put("fence", todo.job.fence())
                .put("until", todo.job.until().toString())
                .put("attempt", todo.job.attempt());
        JsonNode desired = listing.desired();
        JsonNode sent = listing.sent();
        task.put("key", listing.key())
                .put("task", todo.task)
                .put("version", listing.desiredVersion())
                .put("title", desired.path("title").asText())
                .put("category", desired.path("category").asText())
                .put("content", desired.path("content").asText())
                .put("contentChanged", sent == null || !Step.content(sent).equals(Step.content(desired)))
                .put("onSale", listing.onSale())
                .put("suspended", listing.state().equals("suspended"))
                .put("sentOnSale", sent != null && sent.path("onSale").asBoolean());
        ArrayNode items = items(listing, around);
        long lowest = Long.MAX_VALUE;
        for (JsonNode item : items) {
            lowest = Math.min(lowest, item.path("priceWon").asLong());
        }
        task.put("priceWon", lowest);
        task.set("items", items);
        task.set("product", around.product(listing));
        task.set("marketIds", listing.marketIds());
        task.set("facts", around.facts.getOrDefault(listing.market(), JsonNodeFactory.instance.objectNode()));
        return task;
    }

    private static ArrayNode items(Listing listing, Surroundings around) {
        Map<String, JsonNode> sent = Read.byKey(listing.sent());
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        for (JsonNode wanted : listing.desired().path("items")) {
            String key = wanted.path("key").asText();
            JsonNode before = sent.get(key);
            ObjectNode item = items.addObject().setAll((ObjectNode) wanted.deepCopy());
            item.set("sentPriceWon", before == null ? null : before.get("priceWon"));
            item.set("sentStock", before == null ? null : before.get("stock"));
            item.put("marketId", around.marketIds.get(List.of(listing.market(), listing.account(), key)));
        }
        return items;
    }

    private record Todo(Job job, Listing listing, String task) {}

    /** What the tasks of one batch need beside their listings. */
    private record Surroundings(
            Map<List<String>, JsonNode> contents,
            Map<List<String>, @Nullable String> marketIds,
            Map<String, ObjectNode> facts) {

        JsonNode product(Listing listing) {
            JsonNode content = contents.get(List.of(listing.supplier(), listing.sku()));
            ObjectNode product = content == null ? JsonNodeFactory.instance.objectNode() : content.deepCopy();
            return product.put("sku", listing.sku());
        }
    }
}
