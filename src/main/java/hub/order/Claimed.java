package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.queue.Job;

/** Which claim of which job a task came from; crosses the routes as {@code job} of the task. */
record Claimed(long id, long fence, int attempt) {

    static Claimed of(Job job) {
        return new Claimed(job.id(), job.fence(), job.attempt());
    }

    static Claimed of(JsonNode task) {
        JsonNode job = task.path("job");
        return new Claimed(
                job.path("id").asLong(-1),
                job.path("fence").asLong(-1),
                job.path("attempt").asInt(1));
    }

    ObjectNode document() {
        return Rows.object().put("id", id).put("fence", fence).put("attempt", attempt);
    }
}
