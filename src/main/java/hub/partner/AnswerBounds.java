package hub.partner;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/**
 * What an answer of one partner may be; the first bound that is passed ends the reading.
 *
 * <p>Options under {@code hub.partners.<name>}: {@code max-answer}, {@code max-packed}, {@code max-ratio},
 * {@code min-pace}, {@code pace-after}.
 *
 * @param partner whose options these are, for messages
 * @param expanded the most bytes after unpacking, or as sent where nothing is packed
 * @param packed the most bytes of a packed answer as they come
 * @param ratio how many bytes one packed byte may become; a page of repetitive JSON packs 30 : 1, a bomb 1000 : 1
 * @param pace the fewest bytes in a second, on average since the first; 0B: none
 * @param paceAfter how long an answer may take before its pace counts
 * @param onDisk whether these are the bounds of an answer that is kept on disk: {@code max-download} is its size then
 */
record AnswerBounds(
        String partner,
        DataSize expanded,
        DataSize packed,
        int ratio,
        DataSize pace,
        Duration paceAfter,
        boolean onDisk) {

    AnswerBounds {
        if (expanded.toBytes() < 1 || packed.toBytes() < 1 || ratio < 1) {
            throw new IllegalArgumentException("hub.partners." + partner + ": max-answer=" + expanded + ", max-packed="
                    + packed + ", max-ratio=" + ratio + "; each is more than 0");
        }
        if (pace.isNegative() || paceAfter.isNegative()) {
            throw new IllegalArgumentException("hub.partners." + partner + ": min-pace=" + pace + ", pace-after="
                    + paceAfter + "; neither is less than 0");
        }
    }

    /** Bounds of an answer that is held. */
    AnswerBounds(String partner, DataSize expanded, DataSize packed, int ratio, DataSize pace, Duration paceAfter) {
        this(partner, expanded, packed, ratio, pace, paceAfter, false);
    }

    /** The same for an answer that is kept on disk. */
    AnswerBounds onDisk(DataSize most) {
        return new AnswerBounds(partner, most, most, ratio, pace, paceAfter, true);
    }

    AnswerRefusedException tooMuch(boolean isPacked) {
        return isPacked
                ? refusal("packed", "it is packed and larger than " + packed, onDisk ? "max-download" : "max-packed")
                : refusal("expanded", "it is larger than " + expanded, onDisk ? "max-download" : "max-answer");
    }

    AnswerRefusedException tooTight() {
        return refusal("ratio", "it unpacks to more than " + ratio + " times its size, as a bomb does", "max-ratio");
    }

    AnswerRefusedException tooSlow() {
        return refusal(
                "pace",
                "it comes with less than " + pace + " a second after " + paceAfter.toSeconds() + " s",
                "min-pace");
    }

    private AnswerRefusedException refusal(String limit, String what, String option) {
        return new AnswerRefusedException(
                limit,
                what + " (hub.partners." + partner + "." + option
                        + "); ask for less at once, or change the option if the partner's answers are honestly so");
    }
}
