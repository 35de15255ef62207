package hub.listing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.queue.Jobs;
import hub.queue.Lease;
import hub.queue.NewJob;
import hub.queue.PutBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the answers about some listings change, stored with one statement of each kind, however many they are.
 *
 * <p>To be made and stored in one transaction, with at most one answer about a listing. Not thread-safe.
 */
final class Settlement {

    private final Jobs jobs;
    private final Set<Lease> held;
    private final List<Lease> done = new ArrayList<>();
    private final List<PutBack> putBack = new ArrayList<>();
    private final List<NewJob> work = new ArrayList<>();
    private final ArrayNode edits = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode marketOptions = JsonNodeFactory.instance.arrayNode();

    Settlement(Jobs jobs, List<Answer> answers) {
        this.jobs = jobs;
        this.held = jobs.held(answers.stream().map(Answer::lease).toList());
    }

    /** Finishes the job of an answer; false when somebody else may have it. */
    boolean done(Answer answer) {
        return held.contains(answer.lease()) && done.add(answer.lease());
    }

    /** Puts the job of an answer back; false when somebody else may have it. */
    boolean retry(Answer answer, Instant runAt, String reason) {
        return held.contains(answer.lease()) && putBack.add(new PutBack(answer.lease(), runAt, reason));
    }

    void save(Edit edit) {
        edits.add(edit.row());
        marketOptions.addAll(edit.marketOptions());
    }

    /** A market that no route reads back is not checked: such a job would wait until it is withdrawn. */
    void enqueue(NewJob job) {
        if (!job.kind().equals(Work.CHECK) || !jobs.takers().lacks(job.partner(), job.kind())) {
            work.add(job);
        }
    }

    /** Jobs are finished before others are made: what follows may be of the same kind. */
    void store(JdbcClient database) {
        jobs.done(done);
        jobs.retry(putBack);
        if (!edits.isEmpty()) {
            database.sql(ListingSql.EDIT).param("rows", edits.toString()).update();
        }
        if (!marketOptions.isEmpty()) {
            database.sql(ListingSql.SET_MARKET_OPTIONS)
                    .param("items", marketOptions.toString())
                    .update();
        }
        jobs.enqueue(work);
    }
}
