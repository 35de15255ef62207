package hub.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a server again when it dies while the hub runs, at growing intervals as long as that fails. */
final class Supervisor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final EmbeddedServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    Supervisor(EmbeddedServer server) {
        this.server = server;
        this.thread = new Thread(this::watch, "embedded-" + server.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                if (!server.isAlive()) {
                    LOG.warn("{} (pid {}) died while the hub runs; it is started again", server.name(), server.pid());
                    revive();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void revive() throws InterruptedException {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));
        Duration wait;
        do {
            try {
                server.revive();
                return;
            } catch (IOException | EmbeddedServerException e) {
                wait = backoff.next();
                LOG.warn("{} is still down, next attempt in {} s: {}", server.name(), wait.toSeconds(), e.getMessage());
            }
        } while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Ends the watch, also in the middle of an attempt; the server is left as it is. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
