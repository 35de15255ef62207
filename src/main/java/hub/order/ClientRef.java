package hub.order;

import org.apache.commons.codec.digest.DigestUtils;

/**
 * Our number of a purchase order, which the supplier keeps in its note: 100 bits that follow from what is bought, so
 * that no second number can be made for the same purchase.
 */
final class ClientRef {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648
    private static final int LENGTH = 20;

    private ClientRef() {}

    static String of(OrderKey line, String supplier, int intentNo) {
        String named = String.join("|", line.market(), line.orderId(), line.lineId(), supplier, "" + intentNo);
        byte[] hash = DigestUtils.sha256(named);
        StringBuilder ref = new StringBuilder(LENGTH);
        for (int bit = 0; ref.length() < LENGTH; bit += 5) {
            int two = ((hash[bit / 8] & 0xff) << 8) | (hash[bit / 8 + 1] & 0xff);
            ref.append(BASE32.charAt((two >> (11 - bit % 8)) & 31));
        }
        return ref.toString();
    }
}
