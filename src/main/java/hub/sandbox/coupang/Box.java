package hub.sandbox.coupang;

import java.util.ArrayList;
import java.util.List;

/** One shipment box: what is sent together and the unit of all order work. An order has one or more. */
final class Box implements Shelf.Thing {

    /** Where a box can be, with the Korean name that histories carry. */
    enum Status {
        ACCEPT("결제완료"),
        INSTRUCT("상품준비중"),
        DEPARTURE("배송지시"),
        DELIVERING("배송중"),
        FINAL_DELIVERY("배송완료"),
        NONE_TRACKING("업체 직접 배송"),
        /** Not a state of Coupang's: everything in the box is cancelled or returned, and no list shows it. */
        GONE("취소");

        private final String korean;

        Status(String korean) {
            this.korean = korean;
        }

        String korean() {
            return korean;
        }

        boolean shipped() {
            return this == DEPARTURE || this == DELIVERING || this == FINAL_DELIVERY || this == NONE_TRACKING;
        }
    }

    /** A name, a virtual number and an address; none of them belongs to anybody. */
    record Person(String name, String phone, String zip, String address, String detail) {}

    record Event(long at, Status status) {}

    /** One option in the box. Counts in pieces, money in won for one piece. */
    static final class Line {
        long vendorItemId;
        long sellerProductId;
        long productId;
        String productName = "";
        String itemName = "";
        String title = "";
        String sku = "";
        long price;
        long count;
        long cancelled;
        long held;

        long open() {
            return count - cancelled - held;
        }
    }

    long id;
    long orderId;
    long paymentId;
    long placedAt;
    long dueAt;
    Status status = Status.ACCEPT;
    Person orderer = new Person("", "", "", "", "");
    Person receiver = new Person("", "", "", "", "");
    String memo = "";
    /** The offset in which the time of the order is written, in hours. */
    int offset = 9;

    boolean split;
    Mood mood = Mood.CONTENT;
    String courier = "";
    String invoice = "";
    long invoicedAt;
    long movingAt;
    long deliveredAt;
    List<Line> lines = new ArrayList<>();
    List<Event> events = new ArrayList<>();

    @Override
    public long id() {
        return id;
    }

    @Override
    public long dueAt() {
        return dueAt;
    }

    void move(Status to, long at) {
        status = to;
        events.add(new Event(at, to));
    }

    boolean held() {
        return lines.stream().anyMatch(line -> line.held > 0);
    }

    /** To be called after every cancellation: a box without anything left in it is gone. */
    void closeIfEmpty(long at) {
        if (lines.stream().allMatch(line -> line.cancelled >= line.count)) {
            dueAt = 0;
            move(Status.GONE, at);
        }
    }
}
