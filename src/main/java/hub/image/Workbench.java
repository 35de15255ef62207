package hub.image;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Room for pictures being made: one processor is left to the rest of the hub, and their pixels fit into its memory. */
final class Workbench {

    private static final int MEGA = 1_000_000;

    /** As long as a call may take; then its job comes back later. */
    private static final int PATIENCE_SECONDS = 30;

    /** One picture of the largest size, or several smaller ones. */
    private static final int MEGAPIXELS = (int) (PictureHeader.MAX_PIXELS / MEGA);

    private final Semaphore processors =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), true);
    private final Semaphore megapixels = new Semaphore(MEGAPIXELS, true);

    /** @throws IOException if there is no room for long; try later */
    <T> T use(PictureHeader picture, Supplier<T> work) throws IOException {
        int size = (int) Math.min(MEGAPIXELS, 1 + (long) picture.width() * picture.height() / MEGA);
        take(processors, 1);
        try {
            take(megapixels, size);
            try {
                return work.get();
            } finally {
                megapixels.release(size);
            }
        } finally {
            processors.release();
        }
    }

    private static void take(Semaphore room, int permits) throws IOException {
        try {
            if (!room.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(
                        "other pictures have been in work for " + PATIENCE_SECONDS + " s; it is tried later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while it waited for its turn");
        }
    }
}
