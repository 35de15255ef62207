package hub.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkbenchTest {

    private final Workbench bench = new Workbench(3);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger inWork = new AtomicInteger();

    @AfterEach
    void close() {
        release.countDown();
        bench.close();
    }

    @Test
    void no_thread_is_there_before_the_first_picture() {
        assertThat(bench.threads()).isZero();
    }

    @Test
    void two_of_the_largest_are_never_in_work_together_and_small_ones_are() throws Exception {
        CompletableFuture<Integer> first = start(PictureHeader.MAX_PIXELS);
        CompletableFuture<Integer> second = start(PictureHeader.MAX_PIXELS);
        await().until(() -> inWork.get() == 1);
        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(inWork.get()).isEqualTo(1);
        release.countDown();
        assertThat(first.get(5, TimeUnit.SECONDS) + second.get(5, TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    @Test
    void small_ones_are_in_work_together() {
        bench.start(1_000_000, new CompletableFuture<>(), this::work);
        bench.start(1_000_000, new CompletableFuture<>(), this::work);
        await().until(() -> inWork.get() == 2);
    }

    @Test
    void who_brings_more_than_there_is_place_for_waits() throws Exception {
        int places = 3 + 2 * 3;
        AtomicInteger brought = new AtomicInteger();
        Thread owner = new Thread(() -> {
            for (int i = 0; i <= places; i++) {
                bench.start(1, new CompletableFuture<>(), this::work);
                brought.incrementAndGet();
            }
        });
        owner.start();
        await().until(() -> brought.get() == places);
        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(brought.get()).isEqualTo(places);
        release.countDown();
        owner.join(5_000);
        assertThat(brought.get()).isEqualTo(places + 1);
    }

    private CompletableFuture<Integer> start(long pixels) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        bench.start(pixels, result, this::work);
        return result;
    }

    /** How many were in work when it began; 1 each means one after the other. */
    private int work() {
        int together = inWork.incrementAndGet();
        try {
            release.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            inWork.decrementAndGet();
        }
        return together;
    }
}
