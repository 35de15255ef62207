package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** What became of one task that may be repeated without harm. */
record Verdict(String outcome, String reason, JsonNode document) {

    boolean isDone() {
        return outcome.equals("ok");
    }

    boolean isRepeatable() {
        return outcome.equals("retry") || outcome.equals("unknown");
    }

    /** When it is repeated: as the partner says, or later with each attempt. */
    Instant again(Instant now, OrderOptions options, int attempt) {
        Instant said = Rows.instant(document, "notBefore");
        return said != null && said.isAfter(now) ? said : options.backoff(now, attempt);
    }
}
