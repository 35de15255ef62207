package hub.cluster;

import java.time.Duration;

/**
 * How often a process says that it lives, and what follows when it does not.
 *
 * @param look between two signs of life; as soon a lead that is free is taken
 * @param sure after the last one the process takes itself to lead nothing; less than {@code idle}
 * @param idle after the last one Postgres ends the session; with {@code look} the longest time that nobody leads
 * @param unasked a partner that no route asked for so long is left to another process
 */
public record Timing(Duration look, Duration sure, Duration idle, Duration unasked) {

    /** Another process leads after 13 s at the latest. */
    public static final Timing USUAL =
            new Timing(Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ofSeconds(12), Duration.ofMinutes(15));
}
