package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Jobs;
import hub.queue.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes in what markets said, and decides what comes next.
 *
 * <p>To be called in a transaction, one answer each. An answer of somebody who lost the lease changes nothing, except
 * that a creation that succeeded is never forgotten.
 */
final class Answers {

    private final JdbcClient database;
    private final Jobs jobs;
    private final ListingOptions options;

    Answers(JdbcClient database, Jobs jobs, ListingOptions options) {
        this.database = database;
        this.jobs = jobs;
        this.options = options;
    }

    void take(Answer answer, @Nullable Listing listing) {
        if (listing == null) {
            answer.done(jobs);
            return;
        }
        switch (answer.outcome()) {
            case "ok" -> ok(answer, listing);
            case "final" -> refused(answer, listing);
            case "retry" -> notAccepted(answer, listing);
            case "unknown" -> unknown(answer, listing);
            default -> throw new IllegalArgumentException("outcome '" + answer.outcome() + "' of a call");
        }
    }

    private void ok(Answer answer, Listing listing) {
        switch (answer.kind()) {
            case "create", "find" -> {
                if (answer.result().path("marketIds").isObject()) {
                    created(answer, listing);
                } else if (answer.kind().equals("find")) {
                    notFound(answer, listing);
                } else {
                    unknown(answer, listing);
                }
            }
            case "check" -> checked(answer, listing);
            case "update", "stop" -> updated(answer, listing);
            default -> throw new IllegalArgumentException("task '" + answer.kind() + "'");
        }
    }

    private void created(Answer answer, Listing listing) {
        answer.done(jobs);
        if (listing.listed()) {
            return;
        }
        JsonNode sent = listing.sent() == null ? answer.sent() : listing.sent();
        int version = sent.path("version").asInt();
        String state = answer.result().path("state").asText("pending");
        new Edit(listing, reason(answer))
                .state(state)
                .creationOver()
                .succeeded()
                .sent(sent, version)
                .ids(answer.result())
                .save(database);
        check(listing);
        if (state.equals("live") && version < listing.desiredVersion()) {
            update(listing, Step.urgency(sent, listing.desired()), null);
        }
    }

    private void notFound(Answer answer, Listing listing) {
        if (answer.done(jobs) && !listing.listed()) {
            new Edit(listing, "not found after an unknown answer")
                    .state("planned")
                    .nothingSent()
                    .save(database);
            jobs.enqueue(List.of(Work.of(Work.CREATE, listing, Priority.LOW, null)));
        }
    }

    private void checked(Answer answer, Listing listing) {
        String state = answer.result().path("state").asText(listing.state());
        boolean pending = state.equals("pending");
        boolean mine = pending
                ? answer.retry(jobs, Backoff.checkAt(options, answer.attempt()), "not decided yet")
                : answer.done(jobs);
        if (!mine) {
            return;
        }
        boolean stillRefused = listing.state().equals("failed") && listing.sentVersion() < listing.desiredVersion();
        Edit edit = new Edit(listing, reason(answer))
                .state(stillRefused ? "failed" : state)
                .checked()
                .ids(answer.result());
        if (state.equals("live")) {
            prove(answer, listing, edit);
        }
        edit.save(database);
    }

    /** Sent is not shown: only what is read back is proven, and what differs is sent again. */
    private void prove(Answer answer, Listing listing, Edit edit) {
        JsonNode sent = listing.sent();
        JsonNode shown = answer.result().path("read");
        boolean behind = listing.sentVersion() < listing.desiredVersion();
        if (sent != null && shown.isObject() && sent.path("version").asInt() == listing.sentVersion()) {
            Read read = Read.of(sent, shown);
            boolean topUp = read.sold() && listing.provenVersion() == listing.desiredVersion();
            if (read.differs()) {
                edit.failed().shows(read.shown());
                update(listing, read.oversells() ? Priority.HIGH : Priority.MEDIUM, again(listing));
            } else {
                edit.proven();
            }
            if (topUp && !read.differs()) {
                edit.shows(read.shown());
                update(listing, Priority.MEDIUM, null);
            }
        }
        if (behind && !listing.state().equals("failed")) {
            update(listing, sent == null ? Priority.MEDIUM : Step.urgency(sent, listing.desired()), null);
        }
    }

    private void updated(Answer answer, Listing listing) {
        if (!answer.done(jobs)) {
            return;
        }
        Map<String, JsonNode> before = Read.byKey(listing.sent());
        ObjectNode sent = answer.sent();
        String worst = "ok";
        String reason = reason(answer);
        for (JsonNode item : answer.result().path("items")) {
            String outcome = item.path("outcome").asText("ok");
            if (!outcome.equals("ok")) {
                worst = worst.equals("final") ? worst : outcome;
                reason = item.path("key").asText() + ": " + item.path("reason").asText("not accepted");
                forget(sent, item.path("key").asText(), before);
            }
        }
        if (worst.equals("ok")) {
            accepted(answer, listing, sent);
        } else {
            partly(answer, listing, sent, worst, reason);
        }
    }

    private void accepted(Answer answer, Listing listing, JsonNode sent) {
        boolean settled = listing.state().equals("live") || listing.state().equals("suspended");
        String next = listing.state().equals("denied") ? "pending" : settled ? listing.state() : "live";
        new Edit(listing, reason(answer))
                .state(answer.result().path("state").asText(next))
                .sent(sent, answer.version())
                .ids(answer.result())
                .save(database);
        check(listing);
        if (answer.version() < listing.desiredVersion()) {
            update(listing, Step.urgency(sent, listing.desired()), null);
        }
    }

    private void partly(Answer answer, Listing listing, JsonNode sent, String worst, @Nullable String reason) {
        boolean refused = worst.equals("final");
        new Edit(listing, reason)
                .state(refused ? "failed" : listing.state())
                .failed()
                .sent(sent, listing.sentVersion())
                .ids(answer.result())
                .save(database);
        if (!refused || answer.version() < listing.desiredVersion()) {
            update(listing, Step.urgency(sent, listing.desired()), again(listing));
        }
    }

    private static void forget(ObjectNode sent, String key, Map<String, JsonNode> before) {
        for (int i = 0; i < sent.path("items").size(); i++) {
            if (sent.path("items").get(i).path("key").asText().equals(key)) {
                JsonNode old = before.get(key);
                sent.withArray("/items").remove(i);
                if (old != null) {
                    sent.withArray("/items").insert(i, old);
                }
                return;
            }
        }
    }

    /** The market will not take this: nothing is repeated until something else is desired. */
    private void refused(Answer answer, Listing listing) {
        if (!answer.done(jobs)) {
            return;
        }
        Edit edit = new Edit(listing, answer.reason()).state("failed").failed();
        if (answer.kind().equals("create")) {
            edit.nothingSent();
        } else if (answer.kind().equals("check")) {
            edit.checked();
        } else if (listing.listed() && answer.version() < listing.desiredVersion()) {
            update(listing, Priority.MEDIUM, null);
        }
        edit.save(database);
    }

    private void notAccepted(Answer answer, Listing listing) {
        Instant at = Backoff.retryAt(options, answer.attempt(), answer.notBefore());
        if (answer.retry(jobs, at, answer.reason()) && answer.kind().equals("create")) {
            new Edit(listing, answer.reason()).nothingSent().save(database);
        }
    }

    private void unknown(Answer answer, Listing listing) {
        if (!answer.kind().equals("create")) {
            // Reading and setting values may be done twice.
            answer.retry(jobs, Backoff.retryAt(options, answer.attempt(), answer.notBefore()), answer.reason());
        } else if (answer.done(jobs)) {
            new Edit(listing, "unknown answer: " + answer.reason()).save(database);
            Instant settled = Instant.now().plus(options.findAfter());
            jobs.enqueue(List.of(Work.of(Work.FIND, listing, Priority.MEDIUM, settled)));
        }
    }

    private void check(Listing listing) {
        jobs.enqueue(List.of(Work.of(Work.CHECK, listing, Priority.MEDIUM, Backoff.checkAt(options, 1))));
    }

    private void update(Listing listing, Priority priority, @Nullable Instant runAt) {
        jobs.enqueue(List.of(Work.of(Work.UPDATE, listing, priority, runAt)));
    }

    /** At once the first time, later each further time: a market that never shows what it is sent is not flooded. */
    private @Nullable Instant again(Listing listing) {
        return listing.failures() == 0 ? null : Backoff.checkAt(options, listing.failures());
    }

    private static @Nullable String reason(Answer answer) {
        String reason = answer.result().path("reason").asText("");
        return reason.isEmpty() ? null : reason;
    }
}
