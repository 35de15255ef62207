package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.catalog.Cursors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Readings of what happened since the last time, with overlap: nothing tells us of events, and some show up late.
 *
 * <p>The end of a window is committed when all of its pages are taken in; after a long stop the windows are made up one
 * by one, none longer than the partner answers at once.
 */
@Component
public class Polls {

    private static final Duration FIRST = Duration.ofHours(23);

    private final Cursors cursors;
    private final Clock clock;

    Polls(Cursors cursors, Clock clock) {
        this.cursors = cursors;
        this.clock = clock;
    }

    /**
     * Begins a reading.
     *
     * @param overlap how far it reaches back behind the end of the last one, ISO-8601 such as {@code PT15M}
     * @param window the longest window, ISO-8601
     */
    public Poll begin(String partner, String name, String overlap, String window) {
        Instant now = clock.instant();
        Duration longest = Duration.parse(window);
        Duration first = longest.compareTo(FIRST) < 0 ? longest : FIRST;
        Instant since = cursors.read(partner, name)
                .map(state -> Instant.parse(state.path("readTo").asText()).minus(Duration.parse(overlap)))
                .orElseGet(() -> now.minus(first));
        Instant end = since.plus(longest);
        return new Poll(partner, name, since, end.isBefore(now) ? end : now);
    }

    /**
     * The result of a page.
     *
     * @param callResult see {@link CallResults}
     * @throws PollFailedException if the call did not succeed
     */
    public JsonNode accept(Poll poll, JsonNode callResult) {
        if (!callResult.path("outcome").asText().equals("ok")) {
            throw new PollFailedException(poll.partner() + " " + poll.name() + " were not read: "
                    + callResult.path("reason").asText() + "; the next reading covers the same time again");
        }
        return callResult.path("result");
    }

    /** Commits that a page is taken in. */
    public void advance(Poll poll, JsonNode result) {
        poll.advance(result.path("next"));
        if (!poll.isMore()) {
            cursors.write(
                    poll.partner(),
                    poll.name(),
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("readTo", poll.until().toString()));
        }
    }
}
