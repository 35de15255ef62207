package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Courier;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code setOrder} 4.3 and {@code setOrdDeny} 1.0: orders that are paid at once and cannot be told apart from the one
 * sent before. Thread-safe.
 */
final class Orders {

    static final String KIND = "order";
    private static final long FIRST = 990_000_001;
    private static final String PARCELS = "62"; // how the numbers of this supplier's parcels begin

    private final SandboxClock clock;
    private final SandboxStore store;
    private final Catalogue catalogue;
    private final Purse purse;
    private final SplittableRandom random;

    Orders(long seed, SandboxClock clock, SandboxStore store, Catalogue catalogue) {
        this.clock = clock;
        this.store = store;
        this.catalogue = catalogue;
        this.purse = new Purse(store);
        this.random = new SplittableRandom(seed + 4_3);
    }

    /**
     * Places and pays an order.
     *
     * @throws RefusedException when anything is wrong with it; nothing is stored or paid then
     */
    PlacedOrder place(Parameters parameters) {
        OrderForm form = OrderForm.of(parameters);
        Receiver receiver = Receiver.of(parameters.text("deliinfo"));
        if (!parameters.text("receipt").matches("[01]?")) {
            throw Parameters.invalid("receipt");
        }
        synchronized (catalogue) {
            Ware ware = orderable(form, parameters.text("id"));
            List<Integer> left = left(ware, form);
            long won = won(ware, form);
            purse.need(won);
            PlacedOrder order = store(ware, form, receiver, won);
            purse.take(won);
            boolean soldOut = left.stream().allMatch(pieces -> pieces == 0);
            catalogue.save(ware.withStock(left), soldOut ? "SOLDOUT" : "", clock.now());
            return order;
        }
    }

    /** Cancels an order that has not left yet: gives back money and stock. */
    PlacedOrder deny(Parameters parameters) {
        if (!parameters.text("type").equals("buy")) {
            throw Parameters.invalid("type");
        }
        synchronized (catalogue) {
            PlacedOrder order = new OrderBook(store, clock).byNumber(parameters.text("no"));
            if (!order.mode(clock.now()).equals(PlacedOrder.TO_SHIP)) {
                throw new RefusedException("INVALID_STATUS", "취소할 수 없는 주문 상태입니다.");
            }
            ObjectNode denied = order.document().deepCopy();
            store.put(KIND, order.orderNo(), denied.put("denied", true));
            purse.take(-denied.path("won").asLong());
            catalogue.find(denied.path("itemNo").asText()).ifPresent(ware -> putBack(ware, denied.path("pieces")));
            return order;
        }
    }

    private void putBack(Ware ware, JsonNode pieces) {
        List<String> codes = new Options(ware).codes();
        List<Integer> left = new ArrayList<>(ware.stock());
        pieces.properties().forEach(line -> {
            int index = codes.indexOf(line.getKey());
            left.set(index, left.get(index) + line.getValue().asInt());
        });
        catalogue.save(ware.withStock(left), ware.inventory() == 0 ? "RESTART" : "", clock.now());
    }

    private Ware orderable(OrderForm form, String member) {
        Ware ware = catalogue.find(form.no()).orElseThrow(() -> new RefusedException("NOT_FOUND", "존재하지 않는 상품입니다."));
        if (!ware.onSale() || !(form.supply() || ware.traits().dome())) {
            throw new RefusedException("NOT_ON_SALE", "판매중인 상품이 아닙니다.");
        }
        if (ware.sellerId().equals(member)) {
            throw new RefusedException("SELF_ORDER", "본인의 상품은 주문할 수 없습니다.");
        }
        if (!form.supply() && total(form) % ware.traits().unit() != 0) {
            throw new RefusedException("INVALID_QTY", "최소 구매 수량 또는 구매 단위가 올바르지 않습니다.");
        }
        return ware;
    }

    private static List<Integer> left(Ware ware, OrderForm form) {
        Options options = new Options(ware);
        List<String> codes = options.codes();
        List<Integer> left = new ArrayList<>(ware.stock());
        for (Map.Entry<String, Integer> line : form.pieces().entrySet()) {
            int index = codes.indexOf(line.getKey());
            if (index < 0 || options.hidden(index)) {
                throw new RefusedException("INVALID_OPTION", "선택할 수 없는 옵션입니다.");
            }
            left.set(index, left.get(index) - line.getValue());
            if (left.get(index) < 0) {
                throw new RefusedException("LACK_QTY", "재고가 부족합니다.");
            }
        }
        return left;
    }

    private static long won(Ware ware, OrderForm form) {
        Options options = new Options(ware);
        List<String> codes = options.codes();
        long each = ware.wonFor(total(form), form.supply());
        long won = form.who().equals("P") ? ware.traits().feeWon() : 0;
        for (Map.Entry<String, Integer> line : form.pieces().entrySet()) {
            won += (each + options.extraWon(codes.indexOf(line.getKey()))) * line.getValue();
        }
        return won;
    }

    private PlacedOrder store(Ware ware, OrderForm form, Receiver receiver, long won) {
        Instant now = clock.now();
        long number = store.next(KIND, FIRST);
        Duration until = clock.real(Duration.ofMinutes(random.nextLong(120, 301)));
        ObjectNode order = Loose.object()
                .put("number", number)
                .put("itemNo", Long.toString(ware.no()))
                .put("itemTitle", ware.goods().name())
                .put("won", won)
                .put("sellerMessage", form.sellerMessage())
                .put("at", now.toEpochMilli())
                .put("shipsAt", now.plus(until).toEpochMilli())
                .put(
                        "doneAt",
                        now.plus(until).plus(clock.real(Duration.ofDays(2))).toEpochMilli())
                .put("tracking", Courier.of(number).nextNumber(store, PARCELS))
                .put("denied", false);
        ObjectNode pieces = order.putObject("pieces");
        form.pieces().forEach(pieces::put);
        order.set("options", chosen(ware, form));
        order.set("consumer", receiver.consumer(form.deliveryMessage()));
        PlacedOrder placed = new PlacedOrder(order);
        store.put(KIND, placed.orderNo(), order);
        return placed;
    }

    private static ArrayNode chosen(Ware ware, OrderForm form) {
        Options options = new Options(ware);
        List<String> codes = options.codes();
        ArrayNode chosen = Loose.NODES.arrayNode();
        if (!ware.goods().options().isEmpty()) {
            form.pieces()
                    .forEach((code, pieces) -> chosen.addObject()
                            .put("name", options.name(codes.indexOf(code)))
                            .put("qty", Integer.toString(pieces)));
        }
        return chosen;
    }

    private static int total(OrderForm form) {
        return form.pieces().values().stream().mapToInt(Integer::intValue).sum();
    }
}
