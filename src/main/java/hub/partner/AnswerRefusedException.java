package hub.partner;

import java.io.IOException;

/** Final for this answer: it is beyond a bound, and nothing of it is used. Says which bound, and what to do. */
final class AnswerRefusedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String limit;

    AnswerRefusedException(String limit, String why) {
        super("the answer is refused: " + why);
        this.limit = limit;
    }

    /** The bound, as the meter names it: packed, expanded, ratio, pace, headers, encoding or shape. */
    String limit() {
        return limit;
    }
}
