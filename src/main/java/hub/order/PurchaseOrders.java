package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import hub.queue.Job;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What we buy from suppliers, each line once: the intent is committed first, one send is under way at a time, and what
 * is unclear is looked up before it is sent again.
 *
 * <p>A supplier that cannot be asked for a purchase order answers a look-up with outcome {@code final}; the line then
 * goes to a person and is never sent again by itself.
 */
@Component
public class PurchaseOrders {

    private final Sends sends;
    private final Answers answers;
    private final LookUps lookUps;
    private final Recovery recovery;

    PurchaseOrders(Sends sends, Answers answers, LookUps lookUps, Recovery recovery) {
        this.sends = sends;
        this.answers = answers;
        this.lookUps = lookUps;
        this.recovery = recovery;
    }

    /**
     * The purchase orders to be sent now, from jobs {@code place-order}. Before this returns it is committed that each
     * may have left. Jobs whose line may not be bought any more are finished, those that came too early go back.
     */
    public List<JsonNode> tasks(List<Job> claimed) {
        return sends.tasks(claimed);
    }

    /**
     * What a supplier said to one purchase order. Only the answer to the send under way moves it; others are kept as
     * proof.
     */
    public void answered(JsonNode callResult) {
        answers.answered(callResult);
    }

    /** The purchase orders to be looked up now, from jobs {@code find-order}. */
    public List<JsonNode> lookupTasks(List<Job> claimed) {
        return lookUps.tasks(claimed);
    }

    /**
     * What a supplier found: one order confirms, none found twice permits another send, several go to a person. Orders
     * that belong to other purchase orders are passed over.
     *
     * <p>With {@code "exact": false} the supplier knows no reference of ours and orders were found by what they look
     * like: then one confirms, and everything else goes to a person; nothing is sent again.
     */
    public void lookedUp(JsonNode callResult) {
        lookUps.answered(callResult);
    }

    /**
     * Makes sends unknown whose deadline passed without an answer, and asks again for jobs that got lost. For a timer.
     */
    public void recover() {
        recovery.recover();
    }
}
