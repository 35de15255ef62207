package hub.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Logs a line that holds a secret masked, in place of the line itself.
 *
 * <p>Stands before all appenders, so it holds for every pattern, file and format.
 */
final class SecretFilter extends TurboFilter {

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        return decide(marker == null ? List.of() : List.of(marker), logger, level, format, arguments, failure);
    }

    @Override
    public FilterReply decide(Logger logger, org.slf4j.event.LoggingEvent event) {
        return decide(
                event.getMarkers() == null ? List.of() : event.getMarkers(),
                logger,
                Level.convertAnSLF4JLevel(event.getLevel()),
                event.getMessage(),
                event.getArgumentArray(),
                event.getThrowable());
    }

    private static FilterReply decide(
            List<Marker> markers,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        boolean question = format == null && failure == null;
        if (question || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            return FilterReply.NEUTRAL;
        }
        Throwable thrown = failure == null ? MessageFormatter.getThrowableCandidate(arguments) : failure;
        String text = String.valueOf(
                MessageFormatter.arrayFormat(format, arguments, thrown).getMessage());
        String masked = KnownSecrets.mask(text);
        Throwable shown = thrown == null ? null : MaskedFailure.of(thrown);
        if (masked.equals(text) && shown == thrown) {
            return FilterReply.NEUTRAL;
        }
        LoggingEvent event = new LoggingEvent(Logger.FQCN, logger, level, masked, shown, null);
        markers.forEach(event::addMarker);
        logger.callAppenders(event);
        return FilterReply.DENY;
    }
}
