package hub.partner.ledger;

/**
 * Calls that are counted together.
 *
 * @param retries those of the calls that repeated one whose proof of who we are was refused (401)
 * @param bytesOut of bodies, on the wire
 * @param bytesIn of bodies, on the wire: packed, where they came packed
 * @param costMilliWon thousandths of a won
 * @param slowestMs from the first byte sent to the last one read
 */
public record Tally(long calls, long retries, long bytesOut, long bytesIn, long costMilliWon, long slowestMs) {

    Tally plus(Tally other) {
        return new Tally(
                calls + other.calls,
                retries + other.retries,
                bytesOut + other.bytesOut,
                bytesIn + other.bytesIn,
                costMilliWon + other.costMilliWon,
                Math.max(slowestMs, other.slowestMs));
    }

    /** Whole won, rounded up: of a sum, never of its parts. */
    public long costWon() {
        return -Math.floorDiv(-costMilliWon, 1_000L);
    }
}
