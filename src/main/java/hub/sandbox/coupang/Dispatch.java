package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import hub.sandbox.coupang.Box.Line;
import hub.sandbox.coupang.Box.Person;
import hub.sandbox.coupang.Box.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Boxes on their way, and the numbers they left under. */
final class Dispatch {

    /** Six months: within them a number is only good for one receiver. */
    private static final Duration REUSE = Duration.ofDays(183);

    private final Orders orders;

    Dispatch(Orders orders) {
        this.orders = orders;
    }

    /** Whether the number is in use for a receiver other than that of {@code box}. */
    boolean taken(String number, Box box) {
        return orders.all().stream()
                .filter(other -> other.id != box.id && other.invoice.equals(number))
                .filter(other -> other.invoicedAt > box.placedAt - REUSE.toMillis())
                .anyMatch(other -> !sameReceiver(other.receiver, box.receiver));
    }

    /** Sends what the parcel names, or corrects the number of what was sent; returns the number. */
    String send(Box box, Parcel parcel, long at) {
        JsonNode entry = parcel.numbered();
        List<Line> leaving = parcel.leaving(box);
        boolean part = parcel.split() && leaving.size() < box.lines.size() && !box.status.shipped();
        Box sent = part ? split(box, leaving) : box;
        mark(sent, entry.path("deliveryCompanyCode").asText(), Parcel.number(entry), at);
        return sent.invoice;
    }

    /** A box gets its number; one that was not shipped before is now. */
    void mark(Box box, String courier, String number, long at) {
        box.courier = courier;
        box.invoice = number;
        box.invoicedAt = at;
        if (!box.status.shipped()) {
            box.move(courier.equals(Courier.DIRECT.name()) ? Status.NONE_TRACKING : Status.DEPARTURE, at);
            orders.plan(box, at);
        }
        orders.keep(box);
    }

    /** The part that leaves first gets a new box number; the rest keeps the old one. */
    private Box split(Box box, List<Line> leaving) {
        Box part = new Box();
        part.id = orders.nextBox();
        part.orderId = box.orderId;
        part.paymentId = box.paymentId;
        part.placedAt = box.placedAt;
        part.status = box.status;
        part.orderer = box.orderer;
        part.receiver = box.receiver;
        part.memo = box.memo;
        part.offset = box.offset;
        part.split = true;
        part.events = new ArrayList<>(box.events);
        part.lines = new ArrayList<>(leaving);
        box.split = true;
        box.lines = new ArrayList<>(box.lines);
        box.lines.removeAll(leaving);
        orders.keep(box);
        return part;
    }

    private static boolean sameReceiver(Person one, Person other) {
        return one.name().equals(other.name())
                && one.address().equals(other.address())
                && one.detail().equals(other.detail());
    }
}
