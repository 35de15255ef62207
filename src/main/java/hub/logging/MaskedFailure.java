package hub.logging;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stands in the log for an exception whose text holds a secret: prints as that would, but masked. */
final class MaskedFailure extends Throwable {

    private static final long serialVersionUID = 1L;

    private MaskedFailure(String shown, @Nullable Throwable cause) {
        super(shown, cause);
    }

    /** The same object when there is nothing to mask in it, its causes and what was suppressed. */
    static Throwable of(Throwable failure) {
        return holdsSecret(failure, seen()) ? copy(failure, seen()) : failure;
    }

    private static boolean holdsSecret(@Nullable Throwable failure, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        String text = failure.toString();
        boolean found = !KnownSecrets.mask(text).equals(text) || holdsSecret(failure.getCause(), seen);
        for (Throwable suppressed : failure.getSuppressed()) {
            found |= holdsSecret(suppressed, seen);
        }
        return found;
    }

    private static MaskedFailure copy(Throwable failure, Set<Throwable> seen) {
        seen.add(failure);
        Throwable cause = failure.getCause();
        MaskedFailure copy = new MaskedFailure(
                KnownSecrets.mask(failure.toString()),
                cause == null || seen.contains(cause) ? null : copy(cause, seen));
        copy.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            if (!seen.contains(suppressed)) {
                copy.addSuppressed(copy(suppressed, seen));
            }
        }
        return copy;
    }

    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** The whole text: Logback would put the name of this class before it. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return String.valueOf(getMessage());
    }
}
