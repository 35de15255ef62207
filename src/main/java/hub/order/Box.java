package hub.order;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The other lines of a line's shipment box. A market takes one parcel of a box at a time: a number for the whole box,
 * or for a part of it while the rest is announced.
 */
record Box(List<ObjectNode> others) {

    private static final String OTHERS = """
            select jsonb_build_object('market', l.market, 'orderId', l.order_id, 'lineId', l.line_id, 'other', o.line_id,
              'option', o.market_option_id, 'sending', o.state in ('SHIPPED', 'TRACKING_SENDING'),
              'number', coalesce(s.tracking_no, ''), 'uploaded', coalesce(s.state = 'uploaded', false))
            from order_line l
            join order_line o on o.market = l.market and o.order_id = l.order_id and o.ack_id = l.ack_id
              and o.line_id <> l.line_id and o.state <> 'CANCELLED'
            left join lateral (select tracking_no, state from shipment
              where client_ref = o.client_ref order by state <> 'uploaded', found_at limit 1) s on true
            where l.client_ref in (select jsonb_array_elements_text(:refs::jsonb))
              and (o.state <> 'DONE' or s.tracking_no is not null)
            order by o.line_id
            """;

    static final Box ALONE = new Box(List.of());

    /** The boxes of the lines that some purchase orders are for. */
    static Map<OrderKey, Box> of(Work work, Collection<String> refs) {
        Map<OrderKey, Box> boxes = new HashMap<>();
        for (ObjectNode row : Rows.read(work.database(), OTHERS, Map.of("refs", Rows.texts(refs)))) {
            boxes.computeIfAbsent(OrderKey.of(row), key -> new Box(new ArrayList<>()))
                    .others
                    .add(row);
        }
        return boxes;
    }

    /** Whether the parcel may be told to the market now; if not, the line was uploaded, put off or handed over. */
    boolean mayGo(Work work, Line line, ObjectNode shipment) {
        String number = shipment.path("tracking_no").asText();
        if (isUploaded(number)) {
            Uploads.mark(work, List.of(naming(shipment)), "uploaded", "");
            Uploads.uploaded(line, number);
            return false;
        }
        Optional<String> missing = missing(number);
        Instant found = Rows.instant(shipment, "found_at");
        Duration patience = work.options().boxPatience();
        if (missing.isPresent() && found != null && found.plus(patience).isBefore(work.now())) {
            line.review("line " + missing.get() + " of the same box is not ready after "
                    + patience.toString().substring(2).toLowerCase(Locale.ROOT)
                    + ", and the day it will be sent is not known: decide that line first and resume this one,"
                    + " or enter the numbers at the market by hand and end the lines");
            return false;
        }
        if (missing.isPresent() || isBehind(number)) {
            work.upload(
                    line,
                    shipment.path("client_ref").asText(),
                    number,
                    work.now().plus(work.options().boxSpacing()));
            return false;
        }
        return true;
    }

    private static ObjectNode naming(ObjectNode shipment) {
        return Rows.object()
                .put("clientRef", shipment.path("client_ref").asText())
                .put("trackingNo", shipment.path("tracking_no").asText());
    }

    /** Whether the market has the parcel already, from another line that is in it. */
    boolean isUploaded(String number) {
        return others.stream().anyMatch(other -> isUploaded(other) && isIn(other, number));
    }

    /** A line without which no part of the box can be sent: one without a number, or in this parcel and held. */
    Optional<String> missing(String number) {
        return others.stream()
                .filter(other -> number(other).isEmpty() || (isIn(other, number) && !isSending(other)))
                .map(other -> other.path("other").asText())
                .findFirst();
    }

    /** Whether another parcel goes first: the lower number does. */
    boolean isBehind(String number) {
        return others.stream()
                .anyMatch(other ->
                        isSending(other) && !isUploaded(other) && number(other).compareTo(number) < 0);
    }

    /** Whether a part of the box is gone. */
    boolean isBroken(String number) {
        return others.stream().anyMatch(other -> isUploaded(other) && !isIn(other, number));
    }

    /** The options that are in the parcel, too. */
    List<String> with(String number) {
        return options(number, true);
    }

    /** The options that follow in other parcels. */
    List<String> later(String number) {
        return options(number, false);
    }

    private List<String> options(String number, boolean inIt) {
        return others.stream()
                .filter(other -> !isUploaded(other) && isIn(other, number) == inIt)
                .map(other -> other.path("option").asText())
                .toList();
    }

    private static boolean isIn(ObjectNode other, String number) {
        return number(other).equals(number);
    }

    private static String number(ObjectNode other) {
        return other.path("number").asText();
    }

    private static boolean isSending(ObjectNode other) {
        return other.path("sending").asBoolean();
    }

    private static boolean isUploaded(ObjectNode other) {
        return other.path("uploaded").asBoolean();
    }
}
