package hub.load;

import hub.queue.Jobs;
import org.springframework.stereotype.Component;

/** Orders, and listings of what is sold out: jobs of the highest priority. */
@Component
final class UrgentJobs implements Urgent {

    /** Routes ask for jobs every second: one that is due for longer waits because nobody comes round to it. */
    private static final long WAITED_SECONDS = 3;

    private final Jobs jobs;

    UrgentJobs(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public boolean waits() {
        return jobs.oldestUrgentSeconds() >= WAITED_SECONDS;
    }
}
