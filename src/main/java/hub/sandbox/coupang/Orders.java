package hub.sandbox.coupang;

import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxStore;
import hub.sandbox.coupang.Box.Line;
import hub.sandbox.coupang.Box.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All shipment boxes and what happens to them by itself: the courier's way and the buyers' moods. Not thread-safe. */
final class Orders {

    private static final long FIRST_BOX = 642_538_970_000_000_001L;

    private final SandboxStore store;
    private final SandboxClock clock;
    private final Claims claims;
    private final Shelf<Box> boxes;

    Orders(SandboxStore store, SandboxClock clock, Claims claims) {
        this.store = store;
        this.clock = clock;
        this.claims = claims;
        this.boxes = new Shelf<>(store, "box", Box.class);
    }

    /** By id, which is by age. */
    Collection<Box> all() {
        return boxes.all();
    }

    Optional<Box> box(long id) {
        return boxes.find(id);
    }

    List<Box> ofOrder(long orderId) {
        return boxes.all().stream().filter(box -> box.orderId == orderId).toList();
    }

    void keep(Box box) {
        boxes.put(box);
    }

    long nextOrder() {
        return store.next("order", 22_000_009_990_001L);
    }

    long nextBox() {
        return store.next("shipment-box", FIRST_BOX);
    }

    long nextPayment() {
        return store.next("payment", 28_000_000_000_001L);
    }

    /** What a box waits for after it reached its status. */
    void plan(Box box, long at) {
        box.dueAt = switch (box.status) {
            case ACCEPT -> box.mood == Mood.CANCELS ? later(at, box, 60, 120) : 0;
            case INSTRUCT -> box.mood == Mood.STOPS || box.mood == Mood.WAVERS ? later(at, box, 5, 20) : 0;
            case DEPARTURE -> later(at, box, 180, 240);
            case DELIVERING -> later(at, box, 720, 720);
            case FINAL_DELIVERY -> box.mood == Mood.RETURNS ? later(at, box, 1_440, 1_440) : 0;
            default -> 0;
        };
    }

    /** Lets happen what is due. */
    void tick(Instant now) {
        for (List<Box> due = boxes.due(now); !due.isEmpty(); due = boxes.due(now)) {
            due.forEach(this::advance);
        }
        claims.due(now).forEach(this::withdraw);
    }

    /** A buyer asks to stop what is not shipped yet; the claim waits for the seller. */
    void stop(Box box, long at) {
        Claim claim = claims.open(box, at, Line::open);
        claim.status = Claim.Status.RELEASE_STOP_UNCHECKED;
        claim.stopStatus = "미처리";
        if (box.mood == Mood.WAVERS) {
            claim.dueAt = later(at, box, 720, 240);
        }
        box.lines.forEach(line -> line.held += line.open());
        claims.keep(claim);
    }

    private void advance(Box box) {
        long at = box.dueAt;
        box.dueAt = 0;
        switch (box.status) {
            case ACCEPT -> cancel(box, at);
            case INSTRUCT -> stop(box, at);
            case DEPARTURE -> deliver(box, Status.DELIVERING, at);
            case DELIVERING -> deliver(box, Status.FINAL_DELIVERY, at);
            case FINAL_DELIVERY -> giveBack(box, at);
            default -> {}
        }
        keep(box);
    }

    private void deliver(Box box, Status to, long at) {
        box.move(to, at);
        if (to == Status.DELIVERING) {
            box.movingAt = at;
        } else {
            box.deliveredAt = at;
        }
        plan(box, at);
    }

    private void cancel(Box box, long at) {
        Claim claim = claims.open(box, at, Line::open);
        claim.type = "CANCEL";
        claim.status = Claim.Status.RETURNS_COMPLETED;
        claims.keep(claim);
        box.lines.forEach(line -> line.cancelled += line.open());
        box.closeIfEmpty(at);
    }

    private void giveBack(Box box, long at) {
        Claim claim = claims.open(box, at, Line::open);
        if (claim.count() > 0) {
            claim.release("Y");
            claims.keep(claim);
        }
    }

    private void withdraw(Claim claim) {
        if (claim.status != Claim.Status.RELEASE_STOP_UNCHECKED) {
            return;
        }
        claim.withdrawn = true;
        claim.modifiedAt = claim.dueAt;
        claim.dueAt = 0;
        claims.keep(claim);
        box(claim.boxId).ifPresent(box -> {
            box.lines.forEach(line -> line.held = 0);
            keep(box);
        });
    }

    /** Between {@code least} and {@code least + spread} simulated minutes later, always the same for a box. */
    private long later(long at, Box box, int least, int spread) {
        Duration minutes = Duration.ofMinutes(least + Math.floorMod(box.id * 31, spread));
        return at + clock.real(minutes).toMillis();
    }
}
