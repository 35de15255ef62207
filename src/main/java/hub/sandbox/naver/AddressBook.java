package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;

/** The seller's two addresses: where goods leave and where returns go. Field names partly guessed. */
final class AddressBook {

    private static final long SHIPPING = 100_000_001;
    private static final long RETURNS = 100_000_002;

    private AddressBook() {}

    static boolean knows(long id) {
        return id == SHIPPING || id == RETURNS;
    }

    static Answer list(Call call) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode books = body.putArray("addressBooks");
        books.add(book(SHIPPING, "출고지", "RELEASE"));
        books.add(book(RETURNS, "반품/교환지", "REFUND_OR_EXCHANGE"));
        return call.plain(body.put("page", 1).put("size", 100).put("totalPage", 1));
    }

    private static ObjectNode book(long id, String name, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("addressBookNo", id)
                .put("name", name)
                .put("addressType", type)
                .put("baseAddress", "서울특별시 가상구 모의로 1")
                .put("detailAddress", "1층")
                .put("postalCode", "01000")
                .put("phoneNumber1", "02-0000-0000")
                .put("overseasAddress", false);
    }
}
