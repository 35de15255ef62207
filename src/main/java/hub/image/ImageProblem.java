package hub.image;

import java.util.Locale;

/** Why a picture cannot be used, as the meter names it. */
public enum ImageProblem {
    NOT_A_PICTURE,
    ANIMATED,
    TOO_HEAVY,
    TOO_LARGE,
    TOO_SMALL,
    /** Outside of the rule of a market that fetches pictures itself. */
    WRONG_FORMAT,
    WRONG_SHAPE,
    BROKEN,
    /** Its server does not give it, now or at all. */
    UNREACHABLE,
    /** The market would not have it, although it is within our rule. */
    MARKET;

    String meter() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
