package hub.sandbox.domeggook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an order asks for: {@code item[no]} taken apart.
 *
 * @param who who pays for delivery: S, B, P or C
 * @param pieces by option code, each above 0
 */
record OrderForm(
        String no,
        boolean supply,
        String who,
        Map<String, Integer> pieces,
        String sellerMessage,
        String deliveryMessage) {

    private static final int LONGEST = 256;

    /** @throws RefusedException when the call does not hold one item in the pipe form with every field in its place */
    static OrderForm of(Parameters parameters) {
        Map<String, String> items = parameters.items();
        if (items.size() != 1) {
            throw new RefusedException("INVALID_ITEM", "주문 상품 정보가 올바르지 않습니다.");
        }
        Map.Entry<String, String> item = items.entrySet().iterator().next();
        List<String> fields = fields(item.getValue());
        if (fields.size() != 5 || item.getValue().length() > LONGEST) {
            throw new RefusedException("INVALID_ITEM", "주문 상품 필드 수 또는 길이가 올바르지 않습니다.");
        }
        return new OrderForm(
                item.getKey(),
                market(fields.get(0)).equals("supply"),
                who(fields.get(1)),
                pieces(fields.get(2)),
                message(fields.get(3)),
                message(fields.get(4)));
    }

    private static List<String> fields(String value) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int end = value.indexOf("||"); end >= 0; end = value.indexOf("||", from)) {
            fields.add(value.substring(from, end));
            from = end + 2;
        }
        fields.add(value.substring(from));
        return fields;
    }

    private static String market(String field) {
        return oneOf(List.of("supply", "dome"), field);
    }

    private static String who(String field) {
        return oneOf(List.of("S", "B", "P", "C"), field);
    }

    private static String oneOf(List<String> allowed, String field) {
        if (!allowed.contains(field)) {
            throw new RefusedException("INVALID_ITEM", "판매 채널 또는 배송비 부담이 올바르지 않습니다.");
        }
        return field;
    }

    private static Map<String, Integer> pieces(String field) {
        String[] parts = field.split("\\|", -1);
        Map<String, Integer> pieces = new LinkedHashMap<>();
        for (int index = 0; index + 1 < parts.length; index += 2) {
            if (!parts[index + 1].matches("[1-9]\\d{0,5}")
                    || pieces.put(parts[index], Integer.valueOf(parts[index + 1])) != null) {
                throw new RefusedException("INVALID_ITEM", "주문 수량이 올바르지 않습니다.");
            }
        }
        if (parts.length % 2 != 0) {
            throw new RefusedException("INVALID_ITEM", "옵션 필드 수가 올바르지 않습니다.");
        }
        return pieces;
    }

    private static String message(String field) {
        if (field.contains("|")) {
            throw new RefusedException("INVALID_ITEM", "메시지에 | 문자를 사용할 수 없습니다.");
        }
        return field;
    }
}
