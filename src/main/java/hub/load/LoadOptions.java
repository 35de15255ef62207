package hub.load;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When the reading of catalogues makes room for orders.
 *
 * @param memory share of the heap in use after a collection at which it pauses, 0 to 1; more than 1: never
 * @param memoryResume share below which it goes on
 * @param memoryBelieved how long what a collection found counts; then reading goes on, and the next collection decides
 * @param cpu share of the processors in use, on average over {@code cpuFor}, at which it gives way; more than 1: never
 * @param cpuResume share below which it no longer does
 * @param cpuFor over how long, whole seconds
 * @param turn how long it gives way at most, and goes on at least, as long as urgent work waits
 */
@ConfigurationProperties(prefix = "hub.load", ignoreUnknownFields = false)
public record LoadOptions(
        @DefaultValue("0.8") double memory,
        @DefaultValue("0.7") double memoryResume,
        @DefaultValue("2m") Duration memoryBelieved,
        @DefaultValue("0.7") double cpu,
        @DefaultValue("0.6") double cpuResume,
        @DefaultValue("1m") Duration cpuFor,
        @DefaultValue("5s") Duration turn) {

    public LoadOptions {
        if (memoryResume <= 0 || memoryResume > memory || cpuResume <= 0 || cpuResume > cpu) {
            throw new IllegalArgumentException("hub.load: memory=" + memory + ", memory-resume=" + memoryResume
                    + ", cpu=" + cpu + ", cpu-resume=" + cpuResume
                    + "; a share is more than 0, and where reading goes on is not above where it pauses");
        }
        if (cpuFor.toSeconds() < 1 || cpuFor.toSeconds() > 3600 || !isPositive(turn) || !isPositive(memoryBelieved)) {
            throw new IllegalArgumentException("hub.load: cpu-for=" + cpuFor + ", turn=" + turn + ", memory-believed="
                    + memoryBelieved + "; cpu-for is 1s to 1h, the others are more than 0");
        }
    }

    private static boolean isPositive(Duration time) {
        return !time.isNegative() && !time.isZero();
    }
}
