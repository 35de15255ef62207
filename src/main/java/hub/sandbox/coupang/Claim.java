package hub.sandbox.coupang;

import java.util.ArrayList;
import java.util.List;

/** One request to cancel, stop or return; made by a buyer or by the seller. */
final class Claim implements Shelf.Thing {

    /** What a seller has to do about a claim, as answers write it. */
    enum Status {
        RELEASE_STOP_UNCHECKED,
        RETURNS_UNCHECKED,
        VENDOR_WAREHOUSE_CONFIRM,
        REQUEST_COUPANG_CHECK,
        RETURNS_COMPLETED
    }

    /** @param released Y shipped, N not, S stopped, A already */
    record Item(long vendorItemId, long count, String released) {}

    long id;
    long boxId;
    long orderId;
    long paymentId;
    long createdAt;
    long modifiedAt;
    /** When the buyer takes it back, in epoch milliseconds; 0 for never. */
    long dueAt;

    String type = "RETURN";
    Status status = Status.RETURNS_UNCHECKED;
    String stopStatus = "비대상";
    boolean withdrawn;
    boolean bySeller;
    String courier = "";
    String invoice = "";
    List<Item> items = new ArrayList<>();

    @Override
    public long id() {
        return id;
    }

    @Override
    public long dueAt() {
        return dueAt;
    }

    long count() {
        return items.stream().mapToLong(Item::count).sum();
    }

    /** All items in another state of release. */
    void release(String released) {
        items.replaceAll(item -> new Item(item.vendorItemId(), item.count(), released));
    }
}
