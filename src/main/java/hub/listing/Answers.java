package hub.listing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Priority;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what markets said, and decides what comes next.
 *
 * <p>To be called in a transaction, one answer each. An answer of somebody who lost the lease changes nothing, except
 * that a creation that succeeded is never forgotten.
 */
final class Answers {

    private static final String STILL_SOLD =
            "the market refuses to take it off sale and goes on selling it: take it off"
                    + " there by hand; it is asked again within the hour";

    private final ListingOptions options;

    Answers(ListingOptions options) {
        this.options = options;
    }

    void take(Answer answer, @Nullable Listing listing, Settlement to) {
        if (listing == null) {
            to.done(answer);
            return;
        }
        switch (answer.outcome()) {
            case "ok" -> ok(answer, listing, to);
            case "final" -> refused(answer, listing, to);
            case "retry" -> notAccepted(answer, listing, to);
            case "unknown" -> unknown(answer, listing, to);
            default -> throw new IllegalArgumentException("outcome '" + answer.outcome() + "' of a call");
        }
    }

    private void ok(Answer answer, Listing listing, Settlement to) {
        switch (answer.kind()) {
            case "create", "find" -> {
                if (answer.result().path("marketIds").isObject()) {
                    created(answer, listing, to);
                } else if (answer.kind().equals("find")) {
                    notFound(answer, listing, to);
                } else {
                    unknown(answer, listing, to);
                }
            }
            case "check" -> checked(answer, listing, to);
            case "update", "stop" -> updated(answer, listing, to);
            default -> throw new IllegalArgumentException("task '" + answer.kind() + "'");
        }
    }

    private void created(Answer answer, Listing listing, Settlement to) {
        to.done(answer);
        if (listing.listed()) {
            return;
        }
        JsonNode sent = listing.sent() == null ? answer.sent() : listing.sent();
        int version = sent.path("version").asInt();
        String state = answer.result().path("state").asText("pending");
        to.save(new Edit(listing, reason(answer))
                .state(state)
                .creationOver()
                .succeeded()
                .sent(sent, version)
                .ids(answer.result()));
        check(to, listing);
        if (state.equals("live") && version < listing.desiredVersion()) {
            update(to, listing, Step.urgency(sent, listing.desired()), null);
        }
    }

    private void notFound(Answer answer, Listing listing, Settlement to) {
        if (to.done(answer) && !listing.listed()) {
            to.save(new Edit(listing, "not found after an unknown answer")
                    .state("planned")
                    .nothingSent());
            to.enqueue(Work.of(Work.CREATE, listing, Priority.LOW, null));
        }
    }

    private void checked(Answer answer, Listing listing, Settlement to) {
        String state = answer.result().path("state").asText(listing.state());
        boolean pending = state.equals("pending");
        boolean mine = pending
                ? to.retry(answer, Backoff.checkAt(options, answer.attempt()), "not decided yet")
                : to.done(answer);
        if (!mine) {
            return;
        }
        Edit edit = new Edit(listing, reason(answer)).checked().ids(answer.result());
        if (listing.state().equals("failed") && listing.sentVersion() < listing.desiredVersion()) {
            afterRefusal(answer, listing, state, edit, to);
        } else {
            edit.state(state);
            if (state.equals("live")) {
                prove(answer, listing, edit, to);
            }
        }
        to.save(edit);
    }

    /**
     * What a market refused it may show all the same: an earlier try arrived, its answer was lost, and the market does
     * not take it twice. What it goes on selling against our will is asked for again until it does not.
     */
    private void afterRefusal(Answer answer, Listing listing, String state, Edit edit, Settlement to) {
        JsonNode shown = answer.result().path("read");
        if (Read.showsDesired(listing, state, shown)) {
            ObjectNode sent = listing.desired().deepCopy();
            sent.put("version", listing.desiredVersion());
            edit.state(state).sent(sent, listing.desiredVersion()).proven();
        } else if (state.equals("live")
                && shown.isObject()
                && Read.of(listing.desired(), shown).oversells()) {
            edit.because(STILL_SOLD).failed();
            update(to, listing, Priority.HIGH, Backoff.checkAt(options, listing.failures()));
        } else {
            edit.forTheReasonBefore();
            if (state.equals("live")) {
                prove(answer, listing, edit, to);
            }
        }
    }

    /** Sent is not shown: only what is read back is proven, and what differs is sent again. */
    private void prove(Answer answer, Listing listing, Edit edit, Settlement to) {
        JsonNode sent = listing.sent();
        JsonNode shown = answer.result().path("read");
        boolean behind = listing.sentVersion() < listing.desiredVersion();
        if (sent != null && shown.isObject() && sent.path("version").asInt() == listing.sentVersion()) {
            Read read = Read.of(sent, shown);
            boolean topUp = read.sold() && listing.provenVersion() == listing.desiredVersion();
            if (read.differs()) {
                edit.failed().shows(read.shown());
                update(to, listing, read.oversells() ? Priority.HIGH : Priority.MEDIUM, again(listing));
            } else {
                edit.proven();
            }
            if (topUp && !read.differs()) {
                edit.shows(read.shown());
                update(to, listing, Priority.MEDIUM, null);
            }
        }
        if (behind && !listing.state().equals("failed")) {
            update(to, listing, sent == null ? Priority.MEDIUM : Step.urgency(sent, listing.desired()), null);
        }
    }

    private void updated(Answer answer, Listing listing, Settlement to) {
        if (!to.done(answer)) {
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
            accepted(answer, listing, sent, to);
        } else {
            partly(answer, listing, sent, worst, reason, to);
        }
    }

    private void accepted(Answer answer, Listing listing, ObjectNode sent, Settlement to) {
        if (listing.state().equals("suspended") && !Read.hasStock(sent)) {
            sent.put("onSale", false); // a market puts nothing on sale that has no stock: it is off until some is there
        }
        boolean settled = listing.state().equals("live") || listing.state().equals("suspended");
        String next = listing.state().equals("denied") ? "pending" : settled ? listing.state() : "live";
        to.save(new Edit(listing, reason(answer))
                .state(answer.result().path("state").asText(next))
                .sent(sent, answer.version())
                .ids(answer.result()));
        check(to, listing);
        if (answer.version() < listing.desiredVersion()) {
            update(to, listing, Step.urgency(sent, listing.desired()), null);
        }
    }

    private void partly(
            Answer answer, Listing listing, JsonNode sent, String worst, @Nullable String reason, Settlement to) {
        boolean refused = worst.equals("final");
        to.save(new Edit(listing, reason)
                .state(refused ? "failed" : listing.state())
                .failed()
                .sent(sent, listing.sentVersion())
                .ids(answer.result()));
        if (!refused || answer.version() < listing.desiredVersion()) {
            update(to, listing, Step.urgency(sent, listing.desired()), again(listing));
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

    /** The market will not take this: nothing is repeated until something else is desired, but it is looked at. */
    private void refused(Answer answer, Listing listing, Settlement to) {
        if (!to.done(answer)) {
            return;
        }
        Edit edit = new Edit(listing, answer.reason()).state("failed").failed();
        if (answer.kind().equals("create")) {
            edit.nothingSent();
        } else if (answer.kind().equals("check")) {
            edit.checked();
        } else if (listing.listed() && answer.version() < listing.desiredVersion()) {
            update(to, listing, Priority.MEDIUM, null);
        } else if (listing.listed()) {
            to.enqueue(Work.of(Work.CHECK, listing, listing.onSale() ? Priority.MEDIUM : Priority.HIGH, null));
        }
        to.save(edit);
    }

    private void notAccepted(Answer answer, Listing listing, Settlement to) {
        Instant at = Backoff.retryAt(options, answer.attempt(), answer.notBefore());
        if (to.retry(answer, at, answer.reason()) && answer.kind().equals("create")) {
            to.save(new Edit(listing, answer.reason()).nothingSent());
        }
    }

    private void unknown(Answer answer, Listing listing, Settlement to) {
        if (!answer.kind().equals("create")) {
            // Reading and setting values may be done twice.
            boolean mine =
                    to.retry(answer, Backoff.retryAt(options, answer.attempt(), answer.notBefore()), answer.reason());
            if (mine && answer.kind().equals("stop")) {
                maybeStopped(answer, listing, to);
            }
        } else if (to.done(answer)) {
            to.save(new Edit(listing, "unknown answer: " + answer.reason()));
            Instant settled = Instant.now().plus(options.findAfter());
            to.enqueue(Work.of(Work.FIND, listing, Priority.MEDIUM, settled));
        }
    }

    /** If it is wanted again before it is known, it has to be put on sale as if it were off. */
    private static void maybeStopped(Answer answer, Listing listing, Settlement to) {
        if (listing.sent() instanceof ObjectNode sent) {
            ObjectNode off = sent.deepCopy().put("onSale", false);
            to.save(new Edit(listing, answer.reason()).sent(off, listing.sentVersion()));
        }
    }

    private void check(Settlement to, Listing listing) {
        to.enqueue(Work.of(Work.CHECK, listing, Priority.MEDIUM, Backoff.checkAt(options, 1)));
    }

    private void update(Settlement to, Listing listing, Priority priority, @Nullable Instant runAt) {
        to.enqueue(Work.of(Work.UPDATE, listing, priority, runAt));
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
