package hub.sandbox.zentrade;

import java.util.List;

/** One line of a hand-off file. Prints nothing of the person in it. */
record OrderLine(
        String ownOrderNo,
        String supplierCode,
        String option,
        String qty,
        String receiver,
        String phone,
        String zip,
        String addr1,
        String addr2,
        String message) {

    static final List<String> HEADER = List.of(
            "own_order_no", "supplier_code", "option", "qty", "receiver", "phone", "zip", "addr1", "addr2", "message");

    /** @param fields as many as {@link #HEADER} */
    static OrderLine of(List<String> fields) {
        return new OrderLine(
                fields.get(0),
                fields.get(1),
                fields.get(2),
                fields.get(3),
                fields.get(4),
                fields.get(5),
                fields.get(6),
                fields.get(7),
                fields.get(8),
                fields.get(9));
    }

    @Override
    public String toString() {
        return "OrderLine[" + ownOrderNo + "]";
    }
}
