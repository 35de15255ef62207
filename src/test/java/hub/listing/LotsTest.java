package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LotsTest {

    private final Queue<Thread> started = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        started.add(thread);
        return thread;
    });
    private final Queue<List<Integer>> taken = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void who_comes_alone_does_not_wait_for_others() {
        Lots<Integer> lots = new Lots<>(10, taken::add);

        lots.take(1);
        lots.take(2);

        assertThat(taken).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void who_comes_meanwhile_is_taken_together_up_to_the_most_and_each_once() throws Exception {
        CountDownLatch allThere = new CountDownLatch(1);
        Lots<Integer> lots = new Lots<>(8, lot -> {
            await(allThere);
            taken.add(List.copyOf(lot));
        });
        List<Future<?>> takers = takers(lots, 25);
        allThere.countDown();
        for (Future<?> taker : takers) {
            taker.get(5, TimeUnit.SECONDS);
        }

        assertThat(taken.stream().flatMap(List::stream)).hasSize(25).doesNotHaveDuplicates();
        assertThat(taken).hasSize(4).allMatch(lot -> lot.size() <= 8);
    }

    @Test
    void item_fails_for_its_own_fault_only() throws Exception {
        CountDownLatch allThere = new CountDownLatch(1);
        Lots<Integer> lots = new Lots<>(100, lot -> {
            await(allThere);
            if (lot.contains(13)) {
                throw new IllegalStateException("13");
            }
            taken.add(List.copyOf(lot));
        });
        List<Future<?>> takers = takers(lots, 20);
        allThere.countDown();

        for (int i = 0; i < 20; i++) {
            Future<?> taker = takers.get(i);
            if (i == 13) {
                assertThatThrownBy(() -> taker.get(5, TimeUnit.SECONDS)).hasMessageContaining("13");
            } else {
                taker.get(5, TimeUnit.SECONDS);
            }
        }
        assertThat(taken.stream().flatMap(List::stream))
                .hasSize(19)
                .doesNotHaveDuplicates()
                .doesNotContain(13);
        lots.take(99);
        assertThat(taken).contains(List.of(99));
    }

    /** Threads that have all come: one is at it, the others wait for it. */
    private List<Future<?>> takers(Lots<Integer> lots, int most) {
        List<Future<?>> takers = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            int item = i;
            takers.add(threads.submit(() -> lots.take(item)));
        }
        Awaitility.await().until(() -> started.stream().filter(LotsTest::rests).count() == most);
        return takers;
    }

    private static boolean rests(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
