package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import hub.partner.Permissions.Alone;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One partner: a call to it, and the class of its answer.
 *
 * <p>A call goes out once, and is over at the deadline of the partner with all that it needs. Only a 401 is followed by
 * one more with a new token: it was certainly not accepted. Thread-safe.
 */
public final class Partner {

    /**
     * Refused for how it is asked: the same again is refused again. Not 404, which also says that a thing is not there.
     */
    private static final Set<Integer> OUR_MISTAKES = Set.of(400, 405, 410, 413, 414, 415, 422);

    /** How long work rests whose partner is stopped, before it looks again. */
    private static final Duration STOPPED = Duration.ofMinutes(15);

    /** An answer that takes a quarter of what it may take at all (5 s of 20) is slow. */
    private static final int SLOW_SHARE = 4;

    /** A call is booked already when it waits for its place: later it would come at a time that was not booked. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final PartnerSettings settings;
    private final Sending http;
    private final Authentication authentication;
    private final Attachments files;
    private final News news;
    private final String credentials;
    private final Concurrency concurrency;
    private final Places places;
    private final CallCount counts;
    private final AnswerMeaning meaning;
    private final Permissions permissions;
    private volatile @Nullable PartnerCallException refusedBefore;

    Partner(
            PartnerSettings settings,
            Sending http,
            Authentication authentication,
            Attachments files,
            AnswerWatch watch,
            CallCount counts,
            MeterRegistry meters,
            Clock clock) {
        this.settings = settings;
        this.permissions = new Permissions(clock);
        this.http = http;
        this.authentication = authentication;
        this.files = files;
        this.news = new News(settings.name(), watch, meters);
        this.counts = counts;
        this.meaning = new AnswerMeaning(settings, news, counts);
        this.credentials = settings.credentialsDigest();
        HttpSettings manners = settings.http();
        this.concurrency = new Concurrency(
                settings.name(), manners.perHost(), manners.responseTimeout().dividedBy(SLOW_SHARE), PATIENCE, meters);
        this.places = new Places(manners.perHost(), PATIENCE);
    }

    public PartnerSettings settings() {
        return settings;
    }

    /** How many calls may be in flight, by operation. */
    public Map<String, Concurrency.Level> concurrency() {
        return concurrency.levels();
    }

    /** What the newest answer said of the partner's clock; empty before the first, or without a {@code Date}. */
    public Optional<PartnerClock.Reading> clock() {
        return http.heard().last();
    }

    /** How far its clock is ahead of ours, negative behind; zero when nothing worth mentioning is known of it. */
    Duration clockAhead() {
        return http.heard().ahead();
    }

    /**
     * Calls, once.
     *
     * @param request see {@link Outgoing}
     * @return {@code ok} with the answer, or {@code final} with the partner's reason when it refuses our data (4xx)
     * @throws PartnerCallException in every other case: {@code retry} or {@code unknown}
     */
    public Answer call(String operation, JsonNode request) {
        return call(operation, request, null, false);
    }

    /**
     * Calls, once, and not at all if the same failed before and repeats are used up.
     *
     * @param work what stays the same when it is tried again; null: the request
     * @param order whether it may have the connections that the catalogue leaves to orders
     */
    Answer call(String operation, JsonNode request, @Nullable JsonNode work, boolean order) {
        long begun = System.nanoTime();
        String outcome = "unknown";
        try {
            Answer answer = unlessStopped(operation, request, work, order);
            outcome = answer.outcome();
            return answer;
        } catch (PartnerCallException e) {
            outcome = e.outcome();
            throw e;
        } finally {
            news.tell(AnswerWatch::notMade);
            counts.ended(operation, outcome, begun);
        }
    }

    /**
     * Refuses a call that might still be under way at that instant.
     *
     * @throws PartnerCallException {@code retry}; nothing is sent then
     */
    void leaveBefore(String operation, Instant end) {
        Duration longest = settings.http().callDeadline().plus(PATIENCE);
        if (Instant.now().isAfter(end.minus(longest))) {
            throw PartnerCallException.heldBack(
                    meaning.where(operation) + "was not sent: the lease of its job ends at " + end
                            + ", and a call may take "
                            + longest.toSeconds() + " s. It is made again; claim fewer jobs at once, or raise"
                            + " hub.queue.lease",
                    Outgoing.RETRY);
        }
    }

    private Answer unlessStopped(String operation, JsonNode request, @Nullable JsonNode work, boolean order) {
        Optional<Stop> stop = news.ask(
                watch -> watch.stopped(settings.name(), operation, credentials, () -> asked(request, work)),
                Optional.empty());
        return stop.isPresent()
                ? stopped(operation, stop.get())
                : attempt(
                        operation,
                        request,
                        deadline(request),
                        new Attempt(news, settings.name(), operation, () -> Repeats.digest(request, work), order));
    }

    /** What is refused each time: a change to the letter, a reading also when it asks up to another instant. */
    private static String asked(JsonNode request, @Nullable JsonNode work) {
        return Repeats.digest(request, Outgoing.isSafe(request) ? work : null);
    }

    private Answer stopped(String operation, Stop stop) {
        String why = meaning.where(operation) + "was not sent, it is stopped ("
                + stop.kind().text() + ") until " + stop.until() + ": " + stop.why();
        if (stop.kind() == Stop.Kind.REQUEST) {
            return new Answer("final", 0, why, NullNode.getInstance());
        }
        throw PartnerCallException.heldBack(why, STOPPED);
    }

    private Deadline deadline(JsonNode request) {
        HttpSettings manners = settings.http();
        boolean onDisk = !request.path("each").asText("").isEmpty();
        return Deadline.in(onDisk ? manners.downloads().deadline() : manners.callDeadline(), manners.responseTimeout());
    }

    private Answer attempt(String operation, JsonNode request, Deadline deadline, Attempt attempt) {
        Outgoing call = new Outgoing(request, deadline);
        HttpUriRequestBase written;
        try {
            sign(attempt, call);
            written = HttpRequests.of(call, settings.baseUrl(), files);
        } catch (IllegalArgumentException e) {
            return new Answer("final", 0, meaning.where(operation) + e.getMessage(), NullNode.getInstance());
        } catch (IOException e) {
            throw PartnerCallException.heldBack(meaning.where(operation) + "was not sent: " + e.getMessage(), e);
        }
        long known = permissions.refusals();
        Incoming answer = send(call, written, attempt);
        if (answer.status() == 401 && attempt.isFirst() && authentication.renew(call)) {
            counts.answered(operation, "credentials", false, written, answer);
            return attempt(operation, request, deadline, again(attempt, deadline));
        }
        // One that says when to come again means all of our calls.
        Alone alone = refusesUs(answer) && answer.header("retry-after") == null
                ? permissions.refused(operation, attempt.work())
                : Alone.NOTHING;
        if (!refusesUs(answer) || permissions.isAnother(known)) {
            count(attempt, request, call, answer, alone);
        }
        String kind = "unknown";
        try {
            Answer classified = attempt.ending(() -> meaning.of(operation, call, answer, alone));
            kind = classified.outcome();
            attempt.ended(false);
            return classified;
        } catch (PartnerCallException e) {
            kind = CallCount.kind(e.status(), e.outcome());
            throw e;
        } finally {
            counts.answered(operation, kind, !attempt.isFirst(), written, answer);
        }
    }

    /** With a new token; nobody has booked this call, and it is a repeat. */
    private Attempt again(Attempt attempt, Deadline deadline) {
        String operation = attempt.operation();
        if (!deadline.isEnough()) {
            attempt.ended(true);
            String late =
                    meaning.where(operation) + "got status 401, and was not sent with a new token: " + deadline.spent();
            throw PartnerCallException.notAgain(late, Outgoing.RETRY);
        }
        Duration wait = news.ask(watch -> watch.repeating(settings.name(), operation), Duration.ZERO);
        if (wait.isZero()) {
            wait = news.ask(watch -> watch.unplanned(settings.name(), operation), Duration.ZERO);
        }
        if (!wait.isZero()) {
            attempt.ended(true);
            String why = meaning.where(operation)
                    + "got status 401, and its call with a new token has to wait: the budget or the "
                    + "repeats of it are used up for " + wait.toMillis() + " ms";
            throw PartnerCallException.notAgain(why, wait);
        }
        return attempt.again();
    }

    private void sign(Attempt attempt, Outgoing call) {
        try {
            authentication.sign(call);
        } catch (PartnerCallException e) {
            counts.refused("token", e.getCause());
            boolean refused = e.status() == 400 || e.status() == 401 || e.status() == 403;
            if (refused && e != refusedBefore) { // one refusal is remembered for the calls that follow
                refusedBefore = e;
                refuseUs(attempt, e.getMessage());
            }
            throw e;
        }
    }

    /** What partners block for when it is repeated; a page of some gateway is not their word. */
    private void count(Attempt attempt, JsonNode request, Outgoing call, Incoming answer, Alone alone) {
        String operation = attempt.operation();
        int status = answer.status();
        if (status >= 200 && status < 300) {
            permissions.accepted(operation, attempt.work());
            news.tell(watch -> watch.accepted(settings.name(), operation, attempt.work()));
        } else if (!AnswerMeaning.isTheirWord(answer, call)) {
            return;
        } else if (alone == Alone.OPERATION) {
            Stop.Kind kind = call.safe() ? Stop.Kind.READING : Stop.Kind.WRITING;
            refuse(operation, kind, operation, meaning.alone(operation, answer, alone));
        } else if (refusesUs(answer) && alone == Alone.NOTHING) {
            refuseUs(attempt, meaning.refusal(operation, answer));
        } else if (OUR_MISTAKES.contains(status)) {
            String why = meaning.refusal(operation, answer);
            refuse(operation, call.safe() ? Stop.Kind.READING : Stop.Kind.WRITING, operation, why);
            if (call.safe()) { // others of the operation may be answered all the while
                refuse(operation, Stop.Kind.READING, attempt.work().get(), why);
            } else {
                refuse(operation, Stop.Kind.REQUEST, Repeats.digest(request, null), why);
            }
        }
    }

    private static boolean refusesUs(Incoming answer) {
        return answer.status() == 401 || answer.status() == 403;
    }

    /** Refused with a new proof too, it was our credentials already that the call before was refused for. */
    private void refuseUs(Attempt attempt, @Nullable String why) {
        for (int calls = attempt.isFirst() ? 1 : 2; calls > 0; calls--) {
            refuse(attempt.operation(), Stop.Kind.CREDENTIALS, "", why);
        }
    }

    private void refuse(String operation, Stop.Kind kind, @Nullable String subject, @Nullable String why) {
        news.tell(watch -> watch.refused(new Refusal(
                settings.name(), operation, kind, String.valueOf(subject), credentials, String.valueOf(why))));
    }

    /** A call that was delayed may have been booked before the partner asked for a pause. */
    private void leave(String operation, Deadline deadline) {
        if (!deadline.isEnough()) {
            throw PartnerCallException.heldBack(
                    meaning.where(operation) + "was not sent: " + deadline.spent()
                            + ". It is made again; look at its token, its files and the calls in flight",
                    Outgoing.RETRY);
        }
        Duration pause = news.ask(watch -> watch.leaving(settings.name(), operation), Duration.ZERO);
        if (!pause.isZero()) {
            throw PartnerCallException.heldBack(
                    meaning.where(operation)
                            + "was not sent: the partner asked for a pause, or it came so late that its budget is full now",
                    pause);
        }
    }

    private Incoming send(Outgoing call, HttpUriRequestBase written, Attempt attempt) {
        String operation = attempt.operation();
        Concurrency.Slot slot = concurrency
                .enter(operation, call.deadline()::isEnough)
                .orElseThrow(() -> PartnerCallException.heldBack(
                        meaning.where(operation) + "was not sent: " + concurrency.full(operation), Outgoing.RETRY));
        boolean dropped = true;
        try {
            Incoming answer = onConnection(call, written, attempt);
            dropped = answer.status() == 429 || answer.status() == 503;
            return answer;
        } catch (PartnerCallException e) {
            dropped = !e.isHeldBack(); // without a connection of ours it never came to the partner
            throw e;
        } finally {
            slot.ended(dropped);
        }
    }

    private Incoming onConnection(Outgoing call, HttpUriRequestBase written, Attempt attempt) {
        String operation = attempt.operation();
        Places.Place place = places.take(attempt.order(), call.deadline()::isEnough)
                .orElseThrow(() -> PartnerCallException.heldBack(
                        meaning.where(operation) + "was not sent: " + places.full(), Outgoing.RETRY));
        try {
            boolean repeat = attempt.isRepeat(); // asks Redis; the budget comes last, as it has to know when we leave
            leave(operation, call.deadline());
            attempt.leaves(repeat);
            return attempt.ending(() -> sendNow(operation, call, written, !attempt.isFirst()));
        } finally {
            place.free();
        }
    }

    private Incoming sendNow(String operation, Outgoing call, HttpUriRequestBase written, boolean repeated) {
        long begun = System.nanoTime();
        try {
            return http.send(written, !call.each().isEmpty(), call.deadline());
        } catch (ConnectionRequestTimeoutException e) {
            throw PartnerCallException.heldBack(meaning.where(operation) + "was not sent: " + e.getMessage(), e);
        } catch (ConnectException | UnknownHostException | ConnectTimeoutException | SSLHandshakeException e) {
            throw PartnerCallException.notSent(meaning.where(operation) + "was not sent: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            counts.lost(operation, call.safe() ? "retry" : "unknown", repeated, written, begun);
            throw meaning.unclear(operation, call, 0, "got no whole answer: " + e.getMessage(), e);
        } finally {
            news.tell(watch -> watch.back(settings.name(), operation));
        }
    }

    /**
     * A call that was answered.
     *
     * @param outcome {@code ok}, or {@code final} when the partner refuses our data
     * @param reason empty when ok
     * @param pages of an answer that is too large to be held, which has no body then; whoever gets them closes them
     */
    public record Answer(
            String outcome,
            int status,
            String reason,
            JsonNode body,
            @Nullable Iterator<JsonNode> pages) {

        Answer(String outcome, int status, String reason, JsonNode body) {
            this(outcome, status, reason, body, null);
        }
    }
}
