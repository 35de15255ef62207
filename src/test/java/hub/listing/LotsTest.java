package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class LotsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<List<Integer>> taken = new ConcurrentLinkedQueue<>();
    private final Map<Integer, String> failed = new ConcurrentHashMap<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void who_comes_alone_does_not_wait_for_others() {
        Lots<Integer> lots = lots(10, taken::add);

        lots.bring(1);
        lots.bring(2);

        assertThat(taken).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void who_comes_alone_goes_on_at_once() {
        Lots<Integer> lots = lots(10, taken::add);

        Future<?> many = threads.submit(() -> numbers(400).forEach(lots::bring)); // 20 s if each let others come

        assertThat(many).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void who_comes_meanwhile_goes_on_and_is_taken_together_up_to_the_most_and_each_once() throws Exception {
        Lots<Integer> lots = lots(8, lot -> {
            await();
            taken.add(List.copyOf(lot));
        });

        bring(lots, 25).get(5, TimeUnit.SECONDS);

        assertThat(taken).flatMap(lot -> lot).containsExactlyElementsOf(numbers(25));
        assertThat(taken).hasSize(4).allMatch(lot -> lot.size() <= 8);
        lots.bring(99);
        assertThat(taken).contains(List.of(99));
    }

    @Test
    void item_fails_for_its_own_fault_only() throws Exception {
        List<List<Integer>> tried = new ArrayList<>();
        Lots<Integer> lots = lots(100, lot -> {
            await();
            tried.add(List.copyOf(lot));
            if (lot.contains(13)) {
                throw new IllegalStateException("thirteen");
            }
            taken.add(List.copyOf(lot));
        });

        bring(lots, 101).get(5, TimeUnit.SECONDS);

        assertThat(failed).containsExactly(Map.entry(13, "thirteen"));
        assertThat(taken)
                .flatMap(lot -> lot)
                .hasSize(100)
                .doesNotHaveDuplicates()
                .doesNotContain(13);
        assertThat(tried).as("halved, not one by one").hasSizeLessThan(20);
    }

    @Test
    void lost_database_is_no_fault_of_an_item_and_not_asked_for_each() throws Exception {
        List<List<Integer>> tried = new ArrayList<>();
        Lots<Integer> lots = lots(100, lot -> {
            await();
            tried.add(List.copyOf(lot));
            throw new DataAccessResourceFailureException("gone");
        });

        bring(lots, 51).get(5, TimeUnit.SECONDS);

        assertThat(failed).containsOnlyKeys(numbers(51)).containsValue("gone");
        assertThat(tried).hasSize(2);
    }

    @Test
    void who_comes_when_many_wait_waits_too() throws Exception {
        Lots<Integer> lots = lots(2, lot -> {
            await();
            taken.add(List.copyOf(lot));
        });
        Future<?> first = threads.submit(() -> lots.bring(0));
        begun.await();
        IntStream.range(1, 9).forEach(lots::bring);
        Thread[] late = new Thread[1];
        Future<?> tenth = threads.submit(() -> {
            late[0] = Thread.currentThread();
            lots.bring(9);
        });

        Awaitility.await().until(() -> late[0] != null && late[0].getState() == Thread.State.WAITING);
        goOn.countDown();
        tenth.get(5, TimeUnit.SECONDS);
        first.get(5, TimeUnit.SECONDS);
        assertThat(taken).flatMap(lot -> lot).containsExactlyElementsOf(numbers(10));
    }

    @Test
    void after_an_error_the_next_takes_what_is_left() throws Exception {
        Lots<Integer> lots = lots(2, lot -> {
            await();
            if (lot.contains(0)) {
                throw new AssertionError("out of memory, say");
            }
            taken.add(List.copyOf(lot));
        });
        assertThat(bring(lots, 2)).failsWithin(Duration.ofSeconds(5));

        lots.bring(2);

        assertThat(taken).flatMap(lot -> lot).containsExactly(1, 2);
    }

    /** Brings that many: the first while nobody takes, the others while it is at it, none of whom waits. */
    private Future<?> bring(Lots<Integer> lots, int many) throws InterruptedException {
        Future<?> first = threads.submit(() -> lots.bring(0));
        assertThat(begun.await(5, TimeUnit.SECONDS)).isTrue();
        IntStream.range(1, many).forEach(lots::bring);
        goOn.countDown();
        return first;
    }

    private Lots<Integer> lots(int most, Consumer<List<Integer>> taker) {
        return new Lots<>(most, taker, (item, failure) -> failed.put(item, String.valueOf(failure.getMessage())));
    }

    private void await() {
        begun.countDown();
        try {
            assertThat(goOn.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> numbers(int many) {
        return IntStream.range(0, many).boxed().toList();
    }
}
