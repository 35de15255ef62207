package hub.order;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a line leaves its way, by a cancellation or for a person, and how it comes back to it. */
final class Course {

    private Course() {}

    /** The buyer asks to cancel: what was not sent is kept back, the rest goes to a person. */
    static void cancelRequested(Line line, String heldBy, String reason) {
        if (line.state().isUnsent()) {
            line.move(OrderState.CANCEL_REQUESTED, reason);
            line.put("held_by", heldBy);
        } else if ((line.state().isOpen() && !line.is(OrderState.CANCEL_REQUESTED)) || line.is(OrderState.DONE)) {
            hold(line, heldBy, reason);
        }
    }

    /** The line is cancelled at the market: nothing is bought any more, and what was bought is a person's matter. */
    static void cancelled(Work work, Line line, String heldBy, String reason) {
        if (line.is(OrderState.CANCELLED)) {
            return;
        }
        Optional<Purchase> purchase = work.purchase(line);
        boolean unsent = line.state().isUnsent()
                || line.is(OrderState.CANCEL_REQUESTED)
                || (line.is(OrderState.REVIEW)
                        && purchase.map(Course::isNotBought).orElse(true));
        if (!unsent) {
            hold(line, heldBy, reason + "; the purchase order was sent before");
            return;
        }
        purchase.filter(p -> p.is(OrderState.PO_READY)).ifPresent(p -> p.move(OrderState.CANCELLED, reason, line));
        if (!line.is(OrderState.CANCELLED)) {
            line.move(OrderState.CANCELLED, reason);
        }
    }

    private static boolean isNotBought(Purchase purchase) {
        return purchase.is(OrderState.PO_READY)
                || purchase.is(OrderState.PO_REJECTED)
                || purchase.is(OrderState.CANCELLED);
    }

    /** To a person, and back when what holds the line is withdrawn. A line that is there for another reason stays. */
    static void hold(Line line, String heldBy, String reason) {
        boolean before = line.is(OrderState.REVIEW);
        line.review(reason);
        if (!before) {
            line.put("held_by", heldBy);
        }
    }

    /** What held the line is withdrawn. */
    static void released(Work work, Line line, String heldBy, String reason) {
        boolean held = line.is(OrderState.REVIEW) || line.is(OrderState.CANCEL_REQUESTED);
        if (held && heldBy.equals(line.text("held_by"))) {
            resume(work, line, reason);
        }
    }

    /**
     * Puts a line back where its purchase order stands, and asks for the job that comes next. One that cannot go on
     * stays with the person.
     */
    static void resume(Work work, Line line, String reason) {
        Optional<Purchase> purchase = work.purchase(line);
        if (purchase.isEmpty() || purchase.get().is(OrderState.PO_READY)) {
            resumeUnsent(work, line, reason);
            return;
        }
        Purchase sent = purchase.get();
        switch (sent.state()) {
            case PO_SENDING -> line.move(OrderState.PO_SENDING, reason);
            case PO_UNKNOWN -> {
                line.move(OrderState.PO_UNKNOWN, reason);
                work.enqueue("find-order", sent, sent.notBefore());
            }
            case PO_CONFIRMED -> resumeBought(work, line, sent, reason);
            default -> line.review(reason + ", but purchase order " + sent.clientRef() + " is " + sent.state());
        }
    }

    private static void resumeUnsent(Work work, Line line, String reason) {
        if (!line.isMatched()) {
            String problem = Matching.match(work, List.of(line)).get(line.key());
            if (problem != null) {
                line.review(problem);
                return;
            }
        }
        if (!line.isAcknowledged()) {
            line.move(OrderState.RECEIVED, reason);
            work.acknowledge(line, null);
            return;
        }
        line.move(OrderState.VALIDATED, reason);
        work.reread(line);
    }

    private static void resumeBought(Work work, Line line, Purchase bought, String reason) {
        List<String> open = Rows.read(
                        work.database(),
                        "select to_jsonb(s) from shipment s where client_ref = :ref and state <> 'uploaded' order by found_at",
                        Map.of("ref", bought.clientRef()))
                .stream()
                .map(shipment -> shipment.path("tracking_no").asText())
                .toList();
        if (!bought.isTracked()) {
            line.move(OrderState.PO_CONFIRMED, reason);
        } else if (open.isEmpty()) {
            line.move(OrderState.DONE, reason);
        } else {
            line.move(OrderState.SHIPPED, reason);
            work.upload(line, bought.clientRef(), open.get(0), null);
        }
    }
}
