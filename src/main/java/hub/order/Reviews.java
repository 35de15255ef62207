package hub.order;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/**
 * What a person decides about a line in REVIEW. Each answers false when the line is not in REVIEW, and changes nothing.
 */
@Component
public class Reviews {

    private final Ledger ledger;

    Reviews(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Lets the line go on where its purchase order stands; it may come back with another reason. */
    public boolean resume(String market, String orderId, String lineId, String actor) {
        return decide(
                new OrderKey(market, orderId, lineId),
                actor,
                (work, line) -> Course.resume(work, line, "resumed by " + actor));
    }

    /** Ends the line. What the supplier may have is the person's matter. */
    public boolean cancel(String market, String orderId, String lineId, String actor) {
        return decide(new OrderKey(market, orderId, lineId), actor, (work, line) -> {
            String reason = "cancelled by " + actor;
            work.purchase(line)
                    .filter(purchase -> purchase.is(OrderState.PO_READY))
                    .ifPresent(purchase -> purchase.move(OrderState.CANCELLED, reason, line));
            line.move(OrderState.CANCELLED, reason);
        });
    }

    /**
     * Buys the line once more, under a new number: for a purchase order that was refused, cancelled or certainly never
     * arrived. The order is read again before that.
     *
     * @param confirm number of the purchase order of which the person says that the supplier does not have it
     * @throws ReviewRefusedException when that is not the line's purchase order, or buying may happen without a new
     *     one; nothing is changed
     */
    public boolean buyAgain(String market, String orderId, String lineId, String actor, String confirm) {
        return decide(new OrderKey(market, orderId, lineId), actor, (work, line) -> {
            Purchase old = work.purchase(line).orElseThrow(ReviewRefusedException::notBought);
            if (old.is(OrderState.PO_READY)) {
                throw ReviewRefusedException.notBought();
            }
            if (old.is(OrderState.PO_SENDING) || isLookedUp(work, old)) {
                throw ReviewRefusedException.underWay(old.clientRef());
            }
            if (!old.clientRef().equals(confirm)) {
                throw ReviewRefusedException.confirm(old.clientRef(), old.supplier());
            }
            line.raiseIntent();
            line.move(OrderState.VALIDATED, "bought again by " + actor + ", who says that " + confirm + " is void");
            work.reread(line);
        });
    }

    private static boolean isLookedUp(Work work, Purchase purchase) {
        return work.database()
                .sql("select exists (select 1 from job where kind = 'find-order' and dedupe_key = :ref)")
                .param("ref", purchase.clientRef())
                .query(Boolean.class)
                .single();
    }

    private boolean decide(OrderKey key, String actor, BiConsumer<Work, Line> decision) {
        return ledger.change(actor, work -> {
            work.lock(List.of(key));
            Optional<Line> line = work.find(key).filter(found -> found.is(OrderState.REVIEW));
            line.ifPresent(found -> decision.accept(work, found));
            return line.isPresent();
        });
    }
}
