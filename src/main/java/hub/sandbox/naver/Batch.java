package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The answer about several product orders: HTTP 200 with what was done and what was not, item by item. */
final class Batch {

    /** Why one item was not done. */
    record Failure(String code, String message) {

        static final Failure UNKNOWN = new Failure("100001", "상품 주문을 찾을 수 없음");
        static final Failure STATE = new Failure("104442", "상품주문상태 확인 필요");
        static final Failure PLACE_STATE = new Failure("104443", "발주상태 확인 필요");
        static final Failure SAME = new Failure("105306", "변경을 요청한 상태가 기존과 동일");
        static final Failure OTHER = new Failure("9999", "처리 중 오류가 발생했습니다.");
    }

    private final ObjectNode data = JsonNodeFactory.instance.objectNode();
    private final ArrayNode done;
    private final ArrayNode failed;
    private final List<String> refs = new ArrayList<>();

    /** @param successName {@code successProductOrderIds} or what the call calls it */
    Batch(String successName) {
        this.done = data.putArray(successName);
        this.failed = data.putArray("failProductOrderInfos");
    }

    static Answer done(Call call, String effect) {
        Batch batch = new Batch("successProductOrderIds");
        batch.done(call.id(), call.id());
        return batch.answer(call, effect);
    }

    static Answer failed(Call call, Failure failure) {
        Batch batch = new Batch("successProductOrderIds");
        batch.failed(call.id(), failure);
        return batch.answer(call, "");
    }

    /**
     * The ids a call is about.
     *
     * @throws RefusedException if there is none, or more than {@code max}
     */
    static List<String> ids(JsonNode body, int max) {
        JsonNode list = body.path("productOrderIds");
        size("productOrderIds", list, max);
        List<String> ids = new ArrayList<>();
        list.forEach(id -> ids.add(id.asText()));
        return ids;
    }

    static void size(String name, JsonNode list, int max) {
        if (!list.isArray() || list.isEmpty() || list.size() > max) {
            throw RefusedException.parameter(name + " size");
        }
    }

    /** @throws RefusedException if an id comes twice; nothing is done then */
    static void once(List<String> ids) {
        Set<String> seen = new HashSet<>();
        if (!ids.stream().allMatch(seen::add)) {
            throw RefusedException.order("104131", "중복된 상품주문번호가 있습니다.");
        }
    }

    /** Whether the fault {@code partial} breaks this item: every second, the first one included. */
    static boolean broken(Call call, int index) {
        return call.fault("partial") && index % 2 == 0;
    }

    void done(String id, String ref) {
        done.add(id);
        refs.add(ref);
    }

    void done(ObjectNode info, String ref) {
        done.add(info);
        refs.add(ref);
    }

    void failed(String id, Failure failure) {
        failed.addObject().put("productOrderId", id).put("code", failure.code()).put("message", failure.message());
    }

    Answer answer(Call call, String effect) {
        Answer answer = call.data(data);
        return refs.isEmpty() ? answer : answer.did(effect, String.join(",", refs));
    }
}
