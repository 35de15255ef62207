package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import hub.pricing.PriceRules;
import hub.queue.Job;
import hub.queue.Jobs;
import hub.queue.NewJob;
import hub.queue.Priority;
import hub.restore.Restores;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What every market should show, and how far it has come.
 *
 * <p>Each verb is one transaction: a listing and the jobs that follow from it are stored together or not at all.
 * Nothing here calls a market. Thread-safe, over all processes on one database.
 */
@Component
public class Listings {

    private static final Logger LOG = LoggerFactory.getLogger(Listings.class);
    private static final List<String> STATES = List.of("live", "pending", "denied", "suspended", "failed", "planned");
    private static final int REASSERTED_AT_ONCE = 500;
    private static final int ANSWERED_AT_ONCE = 500;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Jobs jobs;
    private final ListingOptions options;
    private final Planner planner;
    private final Tasks tasks;
    private final Restores restores;
    private final Answers answers;
    private final Lots<Answer> lots;
    private final Unbought unbought;
    private final Unlisted unlisted;

    public Listings(
            JdbcClient database,
            TransactionTemplate transaction,
            Jobs jobs,
            PriceRules prices,
            ListingOptions options,
            Restores restores) {
        this.database = database;
        this.transaction = transaction;
        this.jobs = jobs;
        this.options = options;
        this.unlisted = new Unlisted(database, jobs, options.markets());
        this.planner = new Planner(database, jobs, options, new Wishes(options, prices));
        this.restores = restores;
        this.tasks = new Tasks(database, jobs, options, restores);
        this.answers = new Answers(options);
        this.lots = new Lots<>(ANSWERED_AT_ONCE, this::answered, Listings::notStored);
        this.unbought = new Unbought(database, jobs);
    }

    /**
     * Looks at up to {@code atMost} products that changed, and at listings that wait for the daily cap.
     *
     * @return numbers: {@code taken} products; {@code planned}, {@code opened}, {@code updated} and {@code unchanged}
     *     listings; {@code refused} by reason
     */
    public JsonNode plan(int atMost) {
        return Objects.requireNonNull(planned(() -> planner.plan(atMost)));
    }

    /** The listing tasks of claimed jobs, from what is desired now; a job that is no longer needed has none. */
    public List<JsonNode> tasks(List<Job> claimed) {
        return Objects.requireNonNull(planned(() -> tasks.of(claimed)));
    }

    /**
     * Takes in the result of one call; results that come at the same time are stored together, by one of those who
     * bring them. One that cannot be stored, such as one without an outcome or task that we know, changes nothing and
     * is logged: its job comes back when its lease ends.
     */
    public void answered(JsonNode callResult) {
        lots.bring(Answer.of(callResult));
    }

    /**
     * Takes off sale what is listed of suppliers whose purchase orders no route takes, and lists what is bought again.
     * Plans nothing for markets on which no route lists, and all that they lack once one does.
     */
    public void followRoutes() {
        transaction.executeWithoutResult(status -> {
            unbought.follow();
            unlisted.follow();
        });
    }

    /** Has live listings read back that were not for a while, and looks again at stocks that are held too long. */
    public void reassert() {
        transaction.executeWithoutResult(status -> {
            List<NewJob> checks = database.sql(ListingSql.REASSERT)
                    .param("every", options.reassertEvery().toMillis())
                    .param(
                            "restoredAt",
                            restores.lastForListings()
                                    .map(at -> at.atOffset(ZoneOffset.UTC))
                                    .orElse(null))
                    .param("atMost", REASSERTED_AT_ONCE)
                    .query((row, n) -> work(Work.CHECK, row))
                    .list();
            jobs.enqueue(checks);
            withdrawChecks();
            database.sql(ListingSql.RELEASE_HELD)
                    .param("stale", options.staleMax().toMillis())
                    .param("atMost", REASSERTED_AT_ONCE)
                    .update();
        });
    }

    /**
     * Tries creations again that were refused for good, where what they were refused for may have changed beside the
     * product, such as a picture at the same address. Others of them are left alone.
     *
     * @param listings {@code [{market, account, supplier, sku}, …]}
     */
    public void again(JsonNode listings) {
        transaction.executeWithoutResult(status -> jobs.enqueue(database.sql(ListingSql.AGAIN)
                .param("rows", listings.toString())
                .query((row, n) -> work(Work.CREATE, row))
                .list()));
    }

    private static NewJob work(String kind, ResultSet row) throws SQLException {
        JsonNode identity = Work.identity(
                row.getString("market"), row.getString("account"), row.getString("supplier"), row.getString("sku"));
        return Work.of(kind, identity, row.getString("key"), Priority.LOW, null);
    }

    /** No route reads such a market back: what waits for that would wait for ever. */
    private void withdrawChecks() {
        options.markets().keySet().stream()
                .filter(market -> jobs.takers().lacks(market, Work.CHECK))
                .forEach(market -> jobs.withdraw(market, Work.CHECK));
    }

    /** Listings by market and state; every configured market and every state is there. */
    public Map<String, Map<String, Long>> counts() {
        Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
        options.markets().keySet().forEach(market -> {
            Map<String, Long> states = new LinkedHashMap<>();
            STATES.forEach(state -> states.put(state, 0L));
            counts.put(market, states);
        });
        database.sql(ListingSql.COUNTS).query(row -> {
            Map<String, Long> states = counts.get(row.getString("market"));
            if (states != null) {
                states.put(row.getString("state"), row.getLong("n"));
            }
        });
        return counts;
    }

    private static void notStored(Answer answer, RuntimeException failure) {
        LOG.error(
                "{} of {} was answered '{}', which could not be stored; its job comes back when its lease runs out: {}",
                answer.kind(),
                answer.identity(),
                answer.outcome(),
                failure.getMessage(),
                failure);
    }

    private void answered(List<Answer> lot) {
        planned(() -> {
            List<Answer> left = lot;
            while (!left.isEmpty()) {
                Map<JsonNode, Answer> now = new LinkedHashMap<>();
                List<Answer> later = new ArrayList<>();
                for (Answer answer : left) {
                    if (now.putIfAbsent(answer.identity(), answer) != null) {
                        later.add(answer);
                    }
                }
                settle(now);
                left = later;
            }
            return lot.size();
        });
    }

    /** One transaction; a plan kept from when a table was small would read all of it for each row of a batch. */
    private <T> @Nullable T planned(Supplier<T> work) {
        return transaction.execute(status -> {
            database.sql("set local plan_cache_mode = force_custom_plan").update();
            return work.get();
        });
    }

    /** What a listing becomes by one answer is what the next one finds: two of a listing are not settled together. */
    private void settle(Map<JsonNode, Answer> byListing) {
        Map<JsonNode, Listing> listings = Listing.locked(database, byListing.keySet());
        Settlement settlement = new Settlement(jobs, List.copyOf(byListing.values()));
        byListing.forEach((identity, answer) -> answers.take(answer, listings.get(identity), settlement));
        settlement.store(database);
    }
}
