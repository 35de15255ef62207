package hub.sandbox;

import java.util.List;
import java.util.Set;

/** One partner as the hub sees it: requests in, answers out. Called by many threads at once. */
public interface Simulator {

    /** The first segment of every path and the name in the journal, such as {@code coupang}. */
    String partner();

    /** The operation a request asks for, as the contract names it; what faults and the journal go by. */
    String operation(Request request);

    Answer answer(Request request);

    /** The partner's own words for a status that its gateway answers with, such as 429 or 503. */
    default Answer gateway(int status) {
        return Answer.text(status, "status " + status);
    }

    /** The names of what {@link #answer} can get wrong on demand; it finds the ones that hit in the request. */
    default Set<String> contentFaults() {
        return Set.of();
    }

    /** What somebody who looks at the overview should know of, such as an order that was not entered, and why. */
    default List<String> remarks() {
        return List.of();
    }

    /** Lets what is due by now happen: approvals, shipments, buyers, catalogue changes. Called every 200 ms. */
    default void tick() {}
}
