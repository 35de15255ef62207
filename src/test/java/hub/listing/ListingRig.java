package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestDatabase;
import hub.pricing.PriceOptions;
import hub.pricing.PriceRules;
import hub.pricing.Rate;
import hub.queue.Job;
import hub.queue.Jobs;
import hub.queue.QueueOptions;
import hub.restore.RestoreOptions;
import hub.restore.Restores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Listings over a real Postgres, with a supplier, and one market answered by hand. */
final class ListingRig {

    static final ObjectMapper JSON = new ObjectMapper();

    final JdbcClient database;
    final Jobs jobs;
    final Listings listings;
    final Restores restores;

    ListingRig(int maxNewPerDay) {
        this(TestDatabase.fresh(), maxNewPerDay, Duration.ofMinutes(2));
    }

    ListingRig(DataSource source, int maxNewPerDay) {
        this(source, maxNewPerDay, Duration.ofMinutes(2));
    }

    /** @param patience see {@link QueueOptions#patience()} */
    ListingRig(DataSource source, int maxNewPerDay, Duration patience) {
        ListingOptions.Market market =
                new ListingOptions.Market("main", maxNewPerDay, 40_000, 2, 100, 100, false, false);
        ListingOptions options = new ListingOptions(
                Map.of("acme", market),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofSeconds(60),
                Duration.ofSeconds(10),
                Duration.ofMinutes(15),
                Duration.ofHours(6),
                Duration.ofHours(24),
                100_000,
                List.of("무료배송"));
        PriceOptions prices = new PriceOptions(Rate.valueOf("25%"), 500, 3_000, Map.of(), Map.of());
        this.database = JdbcClient.create(source);
        this.restores = new Restores(database, new RestoreOptions(null, Duration.ofDays(14)));
        this.jobs = new Jobs(database, new QueueOptions(Duration.ofSeconds(60), 8, patience));
        this.listings = new Listings(
                database,
                new TransactionTemplate(new DataSourceTransactionManager(source)),
                jobs,
                new PriceRules(prices),
                options,
                restores);
    }

    /** A product without options, as the catalogue stores it. */
    void product(String sku, long costWon, @Nullable Integer stock) {
        product(sku, content("상품 " + sku), costWon, stock, "");
    }

    void product(String sku, ObjectNode content, long costWon, @Nullable Integer stock, String... optionKeys) {
        database.sql("""
                        insert into product (supplier, sku, state, name, content, content_hash)
                        values ('own', :sku, 'active', 'x', :content::jsonb, '')
                        on conflict (supplier, sku) do update set content = excluded.content, state = 'active'
                        """)
                .param("sku", sku)
                .param("content", content.put("sku", sku).toString())
                .update();
        for (String key : optionKeys) {
            stock(sku, key, costWon, stock);
        }
    }

    void stock(String sku, String optionKey, long costWon, @Nullable Integer stock) {
        database.sql("""
                        insert into product_stock (supplier, sku, option_key, cost_won, stock)
                        values ('own', :sku, :key, :cost, :stock)
                        on conflict (supplier, sku, option_key) do update
                        set cost_won = excluded.cost_won, stock = excluded.stock, checked_at = now()
                        """)
                .param("sku", sku)
                .param("key", optionKey)
                .param("cost", costWon)
                .param("stock", stock)
                .update();
        changed(sku);
    }

    void state(String sku, String state) {
        database.sql("update product set state = :state where sku = :sku")
                .param("state", state)
                .param("sku", sku)
                .update();
        changed(sku);
    }

    void changed(String sku) {
        database.sql("insert into product_change values ('own', :sku) on conflict do nothing")
                .param("sku", sku)
                .update();
    }

    static ObjectNode content(String name) {
        return json("""
                {"category": "c", "marketCategory": {"acme": "63950"}, "shipping": {"type": "free", "feeWon": 0},
                 "options": [{"key": "", "values": []}], "images": ["https://img.example/1.jpg"], "html": "h",
                 "adultOnly": false, "openMarket": true, "blocked": "", "priceFloorWon": null}
                """).put("name", name);
    }

    /** The tasks of all due jobs of a kind. */
    List<JsonNode> tasks(String kind) {
        return listings.tasks(claim(kind));
    }

    List<Job> claim(String kind) {
        return jobs.claim("acme", kind, 1_000);
    }

    JsonNode task(String kind) {
        List<JsonNode> tasks = tasks(kind);
        assertThat(tasks).as("tasks of " + kind).hasSize(1);
        return tasks.get(0);
    }

    void ok(JsonNode task, String result) {
        answer(task, "ok", result);
    }

    void answer(JsonNode task, String outcome, @Nullable String result) {
        ObjectNode call = JSON.createObjectNode().put("outcome", outcome).put("reason", "because");
        call.set("item", task);
        if (result != null) {
            call.set("result", json(result));
        }
        listings.answered(call);
    }

    /** Plans a product, creates it and has it live. */
    void live(String sku) {
        claim("check-listing"); // as the route that reads listings back does, whether there are any or not
        listings.plan(100);
        JsonNode created = task("create-listing");
        ok(created, created(created));
        dueNow();
        ok(task("check-listing"), "{\"state\": \"live\"}");
        assertThat(listing(sku).get("state")).isEqualTo("live");
    }

    static String created(JsonNode task) {
        ObjectNode result = JSON.createObjectNode().put("state", "pending");
        result.putObject("marketIds").put("productId", "P-" + task.path("sku").asText());
        task.path("items")
                .forEach(item -> result.withArray("/items")
                        .addObject()
                        .put("key", item.path("key").asText())
                        .put("marketId", "V-" + item.path("key").asText()));
        return result.toString();
    }

    void dueNow() {
        database.sql("update job set run_at = now() where run_at > now()").update();
        database.sql("update listing set create_sent_at = create_sent_at - interval '1 hour'")
                .update();
    }

    Map<String, Object> listing(String sku) {
        return database.sql("select * from listing where sku = :sku")
                .param("sku", sku)
                .query()
                .singleRow();
    }

    long count(String sql) {
        return database.sql(sql).query(Long.class).single();
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
