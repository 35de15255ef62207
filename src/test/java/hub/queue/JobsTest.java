package hub.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class JobsTest {

    private static final JdbcClient DATABASE = JdbcClient.create(TestDatabase.fresh());
    private final Jobs jobs = new Jobs(DATABASE, new QueueOptions(Duration.ofSeconds(60), 8, Duration.ofMinutes(2)));

    @BeforeEach
    void empty() {
        DATABASE.sql("truncate job, dead_letter").update();
    }

    @Test
    void most_urgent_is_claimed_first_and_bulk_does_not_starve() {
        Instant now = Instant.now();
        jobs.enqueue(List.of(
                job("old-low", Priority.LOW, now.minusSeconds(3700)),
                job("low", Priority.LOW, now.minusSeconds(600)),
                job("medium", Priority.MEDIUM, null),
                job("high", Priority.HIGH, null),
                job("tomorrow", Priority.HIGH, now.plusSeconds(86_400))));

        assertThat(keys(jobs.claim("acme", "send", 2))).containsExactly("old-low", "high");
        assertThat(keys(jobs.claim("acme", "send", 9))).containsExactly("medium", "low");
        assertThat(jobs.claim("acme", "send", 9)).isEmpty();
    }

    @Test
    void same_key_is_one_job_with_the_better_time_and_priority_and_the_newer_payload() {
        Instant later = Instant.now().plusSeconds(600);
        jobs.enqueue(List.of(
                job("a", Priority.LOW, null, 1), job("a", Priority.HIGH, later, 2), job("b", Priority.LOW, later, 3)));
        jobs.enqueue(List.of(job("b", Priority.MEDIUM, null, 4)));

        List<Job> claimed = jobs.claim("acme", "send", 9);

        assertThat(keys(claimed)).containsExactly("a", "b");
        assertThat(claimed.stream().map(j -> j.payload().path("n").asInt())).containsExactly(2, 4);
        assertThat(claimed.stream().map(Job::priority)).containsExactly(Priority.HIGH, Priority.MEDIUM);
    }

    @Test
    void job_asked_for_again_while_it_runs_runs_again() {
        jobs.enqueue(List.of(job("a", Priority.LOW, null, 1)));
        Job first = claimOne();
        jobs.enqueue(List.of(job("a", Priority.HIGH, null, 2)));
        assertThat(jobs.claim("acme", "send", 9)).isEmpty();

        assertThat(jobs.done(first.id(), first.fence())).isTrue();

        Job second = claimOne();
        assertThat(second.payload().path("n").asInt()).isEqualTo(2);
        assertThat(second.priority()).isEqualTo(Priority.HIGH);
        assertThat(second.attempt()).isEqualTo(1);
        assertThat(jobs.done(second.id(), second.fence())).isTrue();
        assertThat(rows("job")).isZero();
    }

    @Test
    void lost_lease_makes_the_job_ready_and_the_late_answer_is_refused() {
        jobs.enqueue(List.of(job("a", Priority.LOW, null)));
        Job late = claimOne();
        jobs.recover();
        assertThat(jobs.claim("acme", "send", 1)).as("lease still runs").isEmpty();

        runOutLeases();
        jobs.recover();
        Job again = claimOne();

        assertThat(again.attempt()).isEqualTo(2);
        assertThat(jobs.done(late.id(), late.fence())).isFalse();
        assertThat(jobs.retry(late.id(), late.fence(), Instant.now(), "late")).isFalse();
        assertThat(jobs.dead(late.id(), late.fence(), "late")).isFalse();
        assertThat(jobs.done(again.id(), again.fence())).isTrue();
    }

    @Test
    void job_lost_nine_times_is_a_dead_letter_that_can_be_replayed_once() {
        jobs.enqueue(List.of(job("a", Priority.MEDIUM, null, 7)));
        for (int lost = 0; lost < 9; lost++) {
            claimOne();
            runOutLeases();
            jobs.recover();
        }

        assertThat(rows("job")).isZero();
        DeadLetter dead = jobs.deadLetters(10).get(0);
        assertThat(dead.cause()).isEqualTo("lease ran out 9 times");
        assertThat(dead.attempts()).isEqualTo(9);

        assertThat(jobs.replay(dead.id())).isTrue();
        assertThat(jobs.replay(dead.id())).isFalse();
        assertThat(claimOne().payload().path("n").asInt()).isEqualTo(7);
        assertThat(jobs.deadLetters(10)).isEmpty();
    }

    @Test
    void retry_waits_and_never_dies_by_itself() {
        jobs.enqueue(List.of(job("a", Priority.LOW, null)));
        for (int attempt = 1; attempt <= 20; attempt++) {
            Job job = claimOne();
            assertThat(job.attempt()).isEqualTo(attempt);
            jobs.retry(job.id(), job.fence(), Instant.now().minusSeconds(1), "429");
        }
        Job last = claimOne();
        jobs.retry(last.id(), last.fence(), Instant.now().plusSeconds(60), "429");
        assertThat(jobs.claim("acme", "send", 1)).isEmpty();
    }

    @Test
    void dead_job_that_was_asked_for_again_runs_again() {
        jobs.enqueue(List.of(job("a", Priority.LOW, null, 1)));
        Job job = claimOne();
        jobs.enqueue(List.of(job("a", Priority.LOW, null, 2)));

        jobs.dead(job.id(), job.fence(), "refused");

        assertThat(jobs.deadLetters(1).get(0).payload().path("n").asInt()).isEqualTo(1);
        assertThat(claimOne().payload().path("n").asInt()).isEqualTo(2);
    }

    @Test
    void eight_claimers_share_the_jobs_and_no_job_is_given_twice() throws Exception {
        jobs.enqueue(IntStream.range(0, 2_000)
                .mapToObj(n -> job("k" + n, Priority.LOW, null))
                .toList());
        List<Long> claimed = Collections.synchronizedList(new ArrayList<>());
        Callable<@Nullable Void> claimer = () -> {
            for (List<Job> some = jobs.claim("acme", "send", 20);
                    !some.isEmpty();
                    some = jobs.claim("acme", "send", 20)) {
                some.forEach(job -> claimed.add(job.id()));
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (Future<@Nullable Void> end : threads.invokeAll(Collections.nCopies(8, claimer))) {
            end.get();
        }
        threads.shutdown();

        assertThat(claimed).hasSize(2_000).doesNotHaveDuplicates();
    }

    @Test
    void claim_that_finds_nothing_reads_a_handful_of_pages() {
        Instant tomorrow = Instant.now().plusSeconds(86_400);
        jobs.enqueue(IntStream.range(0, 20_000)
                .mapToObj(n -> job("k" + n, Priority.LOW, tomorrow))
                .toList());
        DATABASE.sql("analyze job").update();

        String plan = String.join(
                "\n",
                DATABASE.sql("explain (analyze, buffers, timing off) " + Statements.CLAIM)
                        .param("partner", "acme")
                        .param("kind", "send")
                        .param("atMost", 20)
                        .param("reserved", 2)
                        .param("highTurn", "")
                        .param("laterTurn", "")
                        .param("lease", 60_000)
                        .query(String.class)
                        .list());

        assertThat(plan).contains("job_ready").doesNotContain("Seq Scan on job");
        assertThat(plan).containsPattern("(?s)Index.{0,9} Scan using job_ready.*?Buffers: shared hit=\\d{1,2}\\D");
    }

    @Test
    void counts_name_every_priority() {
        jobs.enqueue(List.of(
                job("a", Priority.LOW, Instant.now().minusSeconds(90)),
                job("b", Priority.LOW, Instant.now().plusSeconds(90)),
                job("c", Priority.HIGH, null)));
        jobs.claim("acme", "send", 1);

        Map<Priority, Backlog> counts = jobs.counts();

        assertThat(counts).containsEntry(Priority.HIGH, new Backlog(0, 1, 0));
        assertThat(counts).containsEntry(Priority.MEDIUM, new Backlog(0, 0, 0));
        assertThat(counts).hasEntrySatisfying(Priority.LOW, low -> {
            assertThat(low.ready()).isEqualTo(2);
            assertThat(low.oldestSeconds()).isBetween(90L, 120L);
        });
    }

    private Job claimOne() {
        List<Job> claimed = jobs.claim("acme", "send", 1);
        assertThat(claimed).hasSize(1);
        return claimed.get(0);
    }

    private void runOutLeases() {
        DATABASE.sql("update job set lease_until = now() - interval '1 second' where state = 'running'")
                .update();
    }

    private long rows(String table) {
        return DATABASE.sql("select count(*) from " + table).query(Long.class).single();
    }

    private static List<String> keys(List<Job> jobs) {
        return jobs.stream().map(Job::dedupeKey).toList();
    }

    private static NewJob job(String key, Priority priority, @Nullable Instant runAt) {
        return job(key, priority, runAt, 0);
    }

    private static NewJob job(String key, Priority priority, @Nullable Instant runAt, int n) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("n", n);
        return new NewJob("send", "acme", key, priority, runAt, payload);
    }
}
