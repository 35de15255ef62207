package hub.partner;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Texts that all processes see until they end. Whatever is empty was not answered: the shelf is away. Thread-safe. */
interface TokenShelf {

    /** Those that lie there, in the order of {@code keys}; null for nothing. */
    Optional<List<@Nullable String>> get(List<String> keys);

    /** Puts a text where none lies; whether it did. */
    Optional<Boolean> add(String key, String value, Duration life);

    /** Puts a text in the place of any other. */
    Optional<Boolean> set(String key, String value, Duration life);

    /** Puts a text in the place of that other one only. */
    Optional<Boolean> replace(String key, String before, String value, Duration life);

    /** Takes that text away, and no other. */
    Optional<Boolean> remove(String key, String value);
}
