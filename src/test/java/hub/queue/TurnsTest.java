package hub.queue;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TurnsTest {

    private static final DataSource SOURCE = TestDatabase.fresh();
    private static final JdbcClient DATABASE = JdbcClient.create(SOURCE);

    private final Jobs jobs = process();

    @BeforeEach
    void empty() {
        DATABASE.sql("truncate job, dead_letter").update();
    }

    @Test
    void ten_jobs_of_a_small_supplier_do_not_wait_behind_a_hundred_thousand_of_a_big_one() {
        waiting("big", 100_000, Priority.MEDIUM, 300);
        enqueue("small", 10, Priority.MEDIUM);

        assertThat(claimed(10)).isEqualTo(Map.of("big", 5L, "small", 5L));
        assertThat(claimed(10)).isEqualTo(Map.of("big", 5L, "small", 5L));
        assertThat(claimed(10)).isEqualTo(Map.of("big", 10L));
    }

    @Test
    void suppliers_alternate_where_one_job_is_claimed_at_a_time() {
        waiting("big", 1_000, Priority.LOW, 300);
        enqueue("small", 10, Priority.LOW);
        List<String> order = new ArrayList<>();
        for (int claim = 0; claim < 22; claim++) {
            order.addAll(claimed(1).keySet());
        }

        for (int round = 0; round < 20; round += 2) {
            assertThat(order.subList(round, round + 2)).containsExactlyInAnyOrder("big", "small");
        }
        assertThat(order.subList(20, 22)).containsExactly("big", "big");
    }

    @Test
    void what_is_sold_out_overtakes_a_hundred_thousand_that_waited_for_hours() {
        waiting("big", 100_000, Priority.MEDIUM, 300);
        enqueue("small", 7, Priority.HIGH);

        List<Job> claim = jobs.claim("acme", "send", 8);

        assertThat(claim.stream().filter(job -> job.priority() == Priority.HIGH))
                .hasSize(7);
        assertThat(claim.stream().filter(job -> job.priority() == Priority.MEDIUM))
                .hasSize(1);
    }

    @Test
    void sold_out_of_a_small_supplier_does_not_wait_behind_sold_out_of_a_big_one() {
        waiting("big", 10_000, Priority.HIGH, 300);
        enqueue("small", 4, Priority.HIGH);

        assertThat(claimed(8)).containsEntry("small", 3L);
        assertThat(claimed(8)).containsEntry("small", 1L);
    }

    @Test
    void flood_of_urgent_jobs_leaves_one_in_eight_to_the_others() {
        waiting("big", 5_000, Priority.HIGH, 10);
        enqueue("small", 1_000, Priority.LOW);
        long later = 0;
        for (int claim = 0; claim < 160; claim++) {
            later += jobs.claim("acme", "send", 5).stream()
                    .filter(job -> job.priority() == Priority.LOW)
                    .count();
        }

        assertThat(later).isEqualTo(800 / Turns.ONE_IN);
    }

    @Test
    void nothing_of_a_claim_stays_empty_while_one_supplier_has_jobs() {
        waiting("big", 100, Priority.LOW, 10);
        waiting("urgent", 3, Priority.HIGH, 10);
        enqueue("tomorrow", 5, Priority.LOW);
        DATABASE.sql("update job set run_at = now() + interval '1 day' where supplier = 'tomorrow'")
                .update();

        assertThat(claimed(40)).isEqualTo(Map.of("big", 37L, "urgent", 3L));
        assertThat(claimed(80)).isEqualTo(Map.of("big", 63L));
        assertThat(claimed(80)).isEmpty();
    }

    @Test
    void every_one_of_two_hundred_suppliers_has_its_turn_once_before_one_has_it_twice() {
        for (int supplier = 0; supplier < 200; supplier++) {
            waiting("s" + supplier, 3, Priority.MEDIUM, 200 - supplier);
        }
        for (int round = 1; round <= 3; round++) {
            List<String> order = new ArrayList<>();
            for (int claim = 0; claim < 20; claim++) {
                claimed(10).forEach((supplier, n) -> order.add(supplier));
            }
            assertThat(order).as("round " + round).hasSize(200).doesNotHaveDuplicates();
        }
    }

    @Test
    void jobs_without_a_supplier_have_a_turn_too() {
        waiting("big", 1_000, Priority.HIGH, 300);
        jobs.enqueue(List.of(
                new NewJob("send", "acme", "plain", Priority.HIGH, null, JsonNodeFactory.instance.objectNode())));

        assertThat(claimed(4)).containsEntry("", 1L);
    }

    @Test
    void two_processes_share_the_jobs_while_both_hold_what_they_took() throws Exception {
        waiting("big", 5_000, Priority.MEDIUM, 300);
        enqueue("small", 400, Priority.MEDIUM);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(SOURCE));
        List<Job> all = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Jobs other = process();
        List<Callable<Boolean>> claimers = IntStream.range(0, 4)
                .<Callable<Boolean>>mapToObj(n -> () -> {
                    Jobs mine = n % 2 == 0 ? jobs : other;
                    for (int claim = 0; claim < 20; claim++) {
                        transaction.executeWithoutResult(status -> all.addAll(mine.claim("acme", "send", 10)));
                    }
                    return true;
                })
                .toList();
        for (Future<Boolean> end : threads.invokeAll(claimers)) {
            end.get();
        }
        threads.shutdown();

        assertThat(all).hasSize(800).extracting(Job::id).doesNotHaveDuplicates();
        assertThat(all.stream().filter(job -> supplier(job).equals("small")))
                .as("half of what was claimed, but for rows another claim held at that moment")
                .hasSizeBetween(360, 400);
    }

    @Test
    void what_another_claim_holds_is_passed_over() {
        waiting("big", 100, Priority.MEDIUM, 300);
        enqueue("small", 4, Priority.MEDIUM);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(SOURCE));

        transaction.executeWithoutResult(status -> {
            assertThat(claimed(4)).isEqualTo(Map.of("big", 2L, "small", 2L));
            assertThat(elsewhere(() -> process().claim("acme", "send", 4)))
                    .extracting(TurnsTest::supplier)
                    .containsExactlyInAnyOrder("big", "big", "small", "small");
        });
    }

    @Test
    void claim_from_two_hundred_thousand_jobs_reads_a_few_pages_more_than_it_takes_jobs() {
        waiting("big", 200_000, Priority.MEDIUM, 300);
        waiting("late", 10, Priority.MEDIUM, 1);
        waiting("low", 10, Priority.LOW, 1);
        String fresh = plan();
        DATABASE.sql("analyze job").update();
        String analyzed = plan();

        for (String plan : List.of(fresh, analyzed)) {
            assertThat(plan)
                    .contains("job_in_turn")
                    .doesNotContain("Seq Scan on job")
                    .doesNotContainPattern("Bitmap Index Scan on job_(in_turn|ready)");
            assertThat(rowsRemoved(plan)).as(plan).isLessThan(100);
            assertThat(pages(plan)).as(plan).isLessThan(1_500);
        }
    }

    @Test
    void claim_with_nothing_due_reads_a_handful_of_pages_for_each_supplier() {
        waiting("big", 20_000, Priority.LOW, -1_440);
        waiting("small", 20, Priority.LOW, -1_440);

        assertThat(pages(plan())).isLessThan(60);
    }

    private static String plan() {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(SOURCE));
        List<String> lines = transaction.execute(status -> {
            status.setRollbackOnly();
            return DATABASE.sql("explain (analyze, buffers, timing off) " + Statements.CLAIM)
                    .param("partner", "acme")
                    .param("kind", "send")
                    .param("atMost", 20)
                    .param("reserved", 2)
                    .param("highTurn", "")
                    .param("laterTurn", "big")
                    .param("lease", 60_000)
                    .query(String.class)
                    .list();
        });
        return String.join("\n", Objects.requireNonNull(lines));
    }

    private static long pages(String plan) {
        return numbers(plan.substring(0, plan.indexOf("Planning:")), "Buffers: shared hit=(\\d+)(?: read=(\\d+))?")
                .stream()
                .mapToLong(n -> n)
                .max()
                .orElseThrow();
    }

    private static long rowsRemoved(String plan) {
        return numbers(plan, "Rows Removed by [A-Za-z ]+: (\\d+)").stream()
                .mapToLong(n -> n)
                .max()
                .orElse(0);
    }

    private static List<Long> numbers(String plan, String pattern) {
        return Pattern.compile(pattern)
                .matcher(plan)
                .results()
                .map(found -> Long.valueOf(found.group(1)))
                .toList();
    }

    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work).join();
    }

    private Map<String, Long> claimed(int atMost) {
        return jobs.claim("acme", "send", atMost).stream().collect(groupingBy(TurnsTest::supplier, counting()));
    }

    private static String supplier(Job job) {
        return job.payload().path("supplier").asText();
    }

    private void enqueue(String supplier, int number, Priority priority) {
        jobs.enqueue(IntStream.range(0, number)
                .mapToObj(n -> new NewJob("send", "acme", supplier + n, priority, null, payload(supplier)))
                .toList());
    }

    /** As if they had been enqueued some time ago. */
    private static void waiting(String supplier, int number, Priority priority, int minutes) {
        DATABASE.sql("""
                        insert into job (kind, partner, dedupe_key, prio, run_at, payload)
                        select 'send', 'acme', :supplier || '-' || n, :prio, now() - :minutes * interval '1 minute',
                               jsonb_build_object('supplier', :supplier::text)
                        from generate_series(1, :number) n""")
                .param("supplier", supplier)
                .param("prio", priority.rank())
                .param("minutes", minutes)
                .param("number", number)
                .update();
    }

    private static ObjectNode payload(String supplier) {
        return JsonNodeFactory.instance.objectNode().put("supplier", supplier);
    }

    private static Jobs process() {
        return new Jobs(DATABASE, new QueueOptions(Duration.ofSeconds(60), 8, Duration.ofMinutes(2)));
    }
}
