package hub.partner;

import java.time.Duration;

/**
 * A call that went out, and what became of it. One that never left is none.
 *
 * @param kind {@code ok}; {@code final}, the partner refuses our data; {@code credentials}, it refuses us (401, 403);
 *     {@code limited}, it is called too often (429); {@code retry}, it did not accept; {@code unknown}, it may have
 * @param repeated whether it was made because the same call was refused a moment ago for its token
 * @param bytesOut of its body; without headers
 * @param bytesIn of the answer's body as it came, packed where it was packed; 0 where the answer broke off
 * @param took from the first byte sent to the last one read
 * @param costMilliWon thousandths of a won
 */
public record CallMade(
        String partner,
        String operation,
        String kind,
        boolean repeated,
        long bytesOut,
        long bytesIn,
        Duration took,
        long costMilliWon) {}
