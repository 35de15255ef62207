package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import hub.sandbox.coupang.Box.Person;
import hub.sandbox.coupang.Box.Status;

/**
 * ACCEPT to INSTRUCT, up to 50 boxes in a call. A buyer about to move does so just before.
 *
 * <p>Source: article 360033792994, which prints "PATCH PUT": both are taken.
 */
final class Acknowledgement {

    private static final String PATH = "/ordersheets/acknowledgement";
    private static final long FIRST_KEY = -7_326_489_997_410_940_000L;

    private final Orders orders;
    private long answered;

    Acknowledgement(Orders orders) {
        this.orders = orders;
    }

    void register(Routes routes) {
        routes.vendor("PUT", "v4", PATH, "acknowledge", this::acknowledge);
        routes.vendor("PATCH", "v4", PATH, "acknowledge", this::acknowledge);
    }

    private Answer acknowledge(Call call) {
        JsonNode boxIds = call.body().path("shipmentBoxIds");
        if (!call.body().has("vendorId") || !boxIds.isArray()) {
            throw RefusedException.order("vendorId and shipmentBoxIds are required");
        }
        if (boxIds.size() > 50) {
            throw RefusedException.order("shipmentBoxIds size should be less than or equal to 50");
        }
        BoxResults results = new BoxResults();
        for (int index = 0; index < boxIds.size(); index++) {
            long boxId = boxIds.path(index).asLong();
            if (call.fault("partial") && index % 2 == 0) {
                results.fail(boxId, "UNDEFINED_ERROR_OCCUR", true, "undefined error occurred.");
            } else {
                acknowledge(boxId, call.at().toEpochMilli(), results);
            }
        }
        Answer answer = Envelope.order(data(results));
        return results.nothingDone() ? answer : answer.did("acknowledged", results.ref());
    }

    private void acknowledge(long boxId, long at, BoxResults results) {
        Box box = orders.box(boxId).orElse(null);
        if (box == null) {
            results.fail(boxId, "NOT_FOUND_SHIPMENT_BOX", true, "shipmentBoxId (" + boxId + ") is not found.");
        } else if (box.status != Status.ACCEPT) {
            results.fail(boxId, "INVALID_STATUS", false, "배송상태를 변경할 수 없습니다. 주문내역을 확인해주세요.");
        } else {
            if (box.mood == Mood.MOVES) {
                box.receiver = moved(box.receiver);
            }
            box.move(Status.INSTRUCT, at);
            orders.plan(box, at);
            orders.keep(box);
            results.succeed(boxId, Long.toString(boxId), "request succeeded.");
        }
    }

    private static Person moved(Person person) {
        return new Person(person.name(), person.phone(), "10001", "경기도 가상시 이사로 34", "202동 303호");
    }

    private ObjectNode data(BoxResults results) {
        String outcome = switch (results.code()) {
            case 0 -> "All succeeded.";
            case 1 -> "Partial errors.";
            case 99 -> "All Failed.";
            default -> "None.";
        };
        ObjectNode data = Envelope.object()
                .put("responseKey", FIRST_KEY + answered++)
                .put("responseCode", results.code())
                .put("responseMessage", "apply instructStatus result - " + outcome);
        data.set("responseList", results.entries());
        return data;
    }
}
