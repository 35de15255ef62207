package hub.sandbox.coupang;

import hub.sandbox.SandboxStore;
import hub.sandbox.coupang.Box.Line;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** All claims, by receipt number. Not thread-safe. */
final class Claims {

    private final SandboxStore store;
    private final Shelf<Claim> claims;

    Claims(SandboxStore store) {
        this.store = store;
        this.claims = new Shelf<>(store, "claim", Claim.class);
    }

    Collection<Claim> all() {
        return claims.all();
    }

    /** Withdrawn claims are not found: for every call but the list of withdrawals they never were. */
    Optional<Claim> find(long id) {
        return claims.find(id).filter(claim -> !claim.withdrawn);
    }

    void keep(Claim claim) {
        claims.put(claim);
    }

    List<Claim> due(Instant now) {
        return claims.due(now);
    }

    /**
     * A new claim about a box; it is not kept yet.
     *
     * @param count how many pieces of a line it is about; lines with 0 are left out
     */
    Claim open(Box box, long at, ToLongFunction<Line> count) {
        Claim claim = new Claim();
        claim.id = store.next("receipt", 50_229_001);
        claim.boxId = box.id;
        claim.orderId = box.orderId;
        claim.paymentId = box.paymentId;
        claim.createdAt = at;
        claim.modifiedAt = at;
        for (Line line : box.lines) {
            long pieces = count.applyAsLong(line);
            if (pieces > 0) {
                claim.items.add(new Claim.Item(line.vendorItemId, pieces, "N"));
            }
        }
        return claim;
    }
}
