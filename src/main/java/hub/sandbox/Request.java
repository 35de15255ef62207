package hub.sandbox;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * What reached a simulator.
 *
 * @param path the raw path behind {@code /<partner>}, as it was on the wire
 * @param query the raw query without {@code ?}, empty when there was none
 * @param target the raw request target as it was on the wire, {@code /<partner>} included
 * @param headers by lower-case name
 * @param at when it arrived, by the simulator's clock
 * @param faults what the simulator has to get wrong in its answer, such as {@code price-zero}; faults of the wire, such
 *     as a reset, are the server's
 */
public record Request(
        String method,
        String path,
        String query,
        String target,
        Map<String, String> headers,
        byte[] body,
        Instant at,
        Set<String> faults) {}
