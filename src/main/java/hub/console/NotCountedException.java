package hub.console;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Retryable: how something stands is not known, mostly because Postgres does not answer. */
@ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
final class NotCountedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotCountedException(String what, @Nullable Throwable cause) {
        super(what + " cannot be counted now", cause);
    }
}
