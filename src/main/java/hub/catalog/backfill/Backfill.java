package hub.catalog.backfill;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A range that was asked for, and what became of it.
 *
 * @param to null: to the end
 * @param state asked, running, done, failed or refused
 * @param place what the next page is asked for with; null before the first
 * @param ofPages null while nobody knows how many there are
 * @param rejected items that could not become a product
 * @param why it failed or was refused; empty otherwise
 */
public record Backfill(
        String supplier,
        String from,
        @Nullable String to,
        String state,
        String askedBy,
        Instant askedAt,
        @Nullable Instant beganAt,
        @Nullable Instant endedAt,
        @JsonIgnore @Nullable JsonNode place,
        int pages,
        @Nullable Integer ofPages,
        long items,
        long rejected,
        String why) {

    /** Whether nothing more becomes of it. */
    @JsonIgnore
    public boolean isOver() {
        return !state.equals("asked") && !state.equals("running");
    }

    /** Seconds that the rest takes at the pace so far; null while that is not known. */
    public @Nullable Long etaSeconds(Instant now) {
        if (!state.equals("running") || beganAt == null || ofPages == null || pages == 0) {
            return null;
        }
        return Duration.between(beganAt, now)
                .multipliedBy(Math.max(0, ofPages - pages))
                .dividedBy(pages)
                .toSeconds();
    }
}
