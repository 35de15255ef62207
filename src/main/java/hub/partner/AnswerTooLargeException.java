package hub.partner;

import java.io.IOException;

/** Final: an answer beyond its bound, packed or unpacked; nothing of it is used. */
final class AnswerTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(long max) {
        super("the answer is larger than " + max + " bytes (max-answer), or packed too tightly to be honest");
    }
}
