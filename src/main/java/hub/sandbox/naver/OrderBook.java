package hub.sandbox.naver;

import hub.sandbox.SandboxStore;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** All product orders of the store, kept over restarts, and an agenda of what is due with them. */
final class OrderBook {

    private static final String KIND = "product-order";

    private record Due(Instant at, String id) {}

    private final SandboxStore store;
    private final PriorityQueue<Due> agenda = new PriorityQueue<>(Comparator.comparing(Due::at));

    OrderBook(SandboxStore store) {
        this.store = store;
        all().forEach(this::plan);
    }

    /** The next of the 16-digit numbers that orders, product orders, parcels and claims share. */
    String nextNumber(Instant now) {
        String day = Kst.day(now).format(DateTimeFormatter.BASIC_ISO_DATE);
        return day + String.format("%08d", store.next("order-number", 1));
    }

    Optional<ProductOrder> find(String id) {
        return store.get(KIND, id).map(ProductOrder::new);
    }

    List<ProductOrder> all() {
        return store.all(KIND).stream().map(ProductOrder::new).toList();
    }

    void put(ProductOrder order) {
        store.put(KIND, order.id(), order.document());
        plan(order);
    }

    /** Takes off the agenda what is due, first things first. */
    List<ProductOrder> due(Instant now) {
        List<ProductOrder> due = new ArrayList<>();
        while (!agenda.isEmpty() && !agenda.peek().at().isAfter(now)) {
            Due entry = agenda.remove();
            find(entry.id())
                    .filter(order -> order.nextAt().equals(Optional.of(entry.at())))
                    .filter(order -> due.stream().noneMatch(other -> other.id().equals(order.id())))
                    .ifPresent(due::add);
        }
        return due;
    }

    private void plan(ProductOrder order) {
        order.nextAt().ifPresent(at -> agenda.add(new Due(at, order.id())));
    }
}
