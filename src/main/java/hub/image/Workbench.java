package hub.image;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where pictures are decoded and written: on threads of its own, one core is left to everything else. Work that finds
 * no place makes its owner wait. The pictures in work never hold more pixels together than one may have, so that two of
 * the largest are not in the memory at once. Threads begin with the first picture, and end when there is none.
 */
final class Workbench implements AutoCloseable {

    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final int WAITING_EACH = 2;

    private final Semaphore pixels = new Semaphore(Math.toIntExact(PictureHeader.MAX_PIXELS), true);
    private final ThreadPoolExecutor threads;

    Workbench(int threads) {
        this.threads = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE.toSeconds(),
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING_EACH * threads),
                Workbench::thread,
                Workbench::waitForPlace);
        this.threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "pictures");
        thread.setDaemon(true);
        return thread;
    }

    private static void waitForPlace(Runnable work, ThreadPoolExecutor threads) {
        try {
            while (!threads.isShutdown()) {
                if (threads.getQueue().offer(work, 1, TimeUnit.SECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RejectedExecutionException("the hub is stopping");
    }

    /**
     * Does it when there is a thread, and room for that many pixels; waits for a place in the queue.
     *
     * @param result is completed with what comes of it
     * @throws RejectedExecutionException if the hub is stopping
     */
    <T> void start(long size, CompletableFuture<T> result, Supplier<T> work) {
        int room = (int) Math.min(size, PictureHeader.MAX_PIXELS);
        threads.execute(() -> {
            pixels.acquireUninterruptibly(room);
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) { // also of memory: whoever waits must know
                result.completeExceptionally(e);
            } finally {
                pixels.release(room);
            }
        });
    }

    int threads() {
        return threads.getPoolSize();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
