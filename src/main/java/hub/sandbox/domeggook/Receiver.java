package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who receives an order: {@code deliinfo} taken apart. Prints nothing of it. */
record Receiver(String name, String zip, String addr1, String addr2, String mobile, String phone) {

    private static final int FIELDS = 9;

    /** @throws RefusedException when a field is missing, too many or not of its form; none of them is repeated */
    static Receiver of(String deliinfo) {
        String[] fields = deliinfo.split("\\|", -1);
        if (fields.length != FIELDS) {
            throw new RefusedException("INVALID_DELIINFO", "배송지 필드 수가 올바르지 않습니다.");
        }
        boolean complete = !fields[0].isBlank() && !fields[3].isBlank();
        if (!complete || !fields[2].matches("\\d{5}") || !fields[5].matches("0\\d{1,3}-\\d{3,4}-\\d{4}")) {
            throw new RefusedException("INVALID_DELIINFO", "배송지 정보가 올바르지 않습니다.");
        }
        return new Receiver(fields[0], fields[2], fields[3], fields[4], fields[5], fields[6]);
    }

    ObjectNode consumer(String deliveryMessage) {
        ObjectNode consumer =
                Loose.object().put("name", name).put("mobile", mobile).put("phone", phone);
        consumer.putObject("address").put("addr1", addr1).put("addr2", addr2).put("zipcode", zip);
        return consumer.put("deliReq", deliveryMessage);
    }

    @Override
    public String toString() {
        return "Receiver[***]";
    }
}
