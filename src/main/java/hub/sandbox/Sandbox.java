package hub.sandbox;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The partners of the hub, invented: their simulators behind one port. Up before the routes, down after them. */
public final class Sandbox implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Sandbox.class);
    private static final long TICK_MS = 200;

    /** A simulator's constructor. */
    public interface Maker {
        Simulator make(SandboxOptions options, SandboxClock clock, SandboxStore store);
    }

    private final SandboxOptions options;
    private final SandboxClock clock;
    private final Map<String, Maker> makers;
    private @Nullable Running running;

    /** @param makers by partner */
    public Sandbox(SandboxOptions options, SandboxClock clock, Map<String, Maker> makers) {
        this.options = options;
        this.clock = clock;
        this.makers = new LinkedHashMap<>(makers);
    }

    /**
     * The port it listens on; a free one that the system chose when the options say 0.
     *
     * @throws IllegalStateException when it is not running
     */
    public synchronized int port() {
        if (running == null) {
            throw new IllegalStateException("the sandbox is not running");
        }
        return running.server.port();
    }

    /** @throws IllegalStateException when the port or the state is another process's */
    @Override
    public synchronized void start() {
        // the port first: it keeps a second sandbox away from the files of the first
        SandboxServer server = new SandboxServer(options.port());
        try {
            running = new Running(server, options.at(server.port()), clock, makers);
        } catch (RuntimeException e) {
            server.stop();
            throw e;
        }
        LOG.info("The sandbox of {} listens on http://127.0.0.1:{}/sandbox", makers.keySet(), server.port());
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.stop();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }

    /** What there is between start and stop. */
    private static final class Running {

        private final SandboxServer server;
        private final Journal journal;
        private final List<SandboxStore> stores = new ArrayList<>();
        private final Map<String, Simulator> simulators = new LinkedHashMap<>();
        private final ScheduledExecutorService ticks =
                Executors.newSingleThreadScheduledExecutor(Daemons.named("sandbox-tick"));
        private final ExecutorService later = Executors.newSingleThreadExecutor(Daemons.named("sandbox-late"));
        private final Future<?> ticking;
        private final Map<String, String> failures = new HashMap<>();
        private final PartnerDesk partners;
        private final ControlDesk control;

        Running(SandboxServer server, SandboxOptions options, SandboxClock clock, Map<String, Maker> makers) {
            this.server = server;
            this.journal = new Journal(options.state().resolve("journal.jsonl"));
            try {
                makers.forEach((partner, maker) -> {
                    SandboxStore store = new SandboxStore(options.state().resolve(partner + ".jsonl"));
                    stores.add(store);
                    simulators.put(partner, maker.make(options, clock, store));
                });
            } catch (RuntimeException e) {
                close();
                throw e;
            }
            Faults faults = new Faults(simulators.values(), options.seed());
            partners = new PartnerDesk(clock, faults, journal, later);
            control = new ControlDesk(options, simulators.values(), faults, journal);
            ticking = ticks.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
            server.serve(this::serve);
        }

        void stop() {
            ticking.cancel(false);
            ticks.shutdown();
            later.shutdown();
            server.stop();
            try {
                if (!ticks.awaitTermination(5, TimeUnit.SECONDS)) {
                    LOG.warn("A tick of the sandbox does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            close();
        }

        private boolean serve(Call call, Wire wire) throws IOException {
            Simulator simulator = simulators.get(call.area());
            if (simulator != null) {
                return partners.serve(simulator, call, wire);
            }
            control.serve(call, wire);
            return call.lasting();
        }

        private void tick() {
            for (Simulator simulator : simulators.values()) {
                try {
                    simulator.tick();
                } catch (RuntimeException e) {
                    // the others and the next tick go on; the same failure is told once, not five times a second
                    if (!String.valueOf(e).equals(failures.put(simulator.partner(), String.valueOf(e)))) {
                        LOG.error("{} failed at a tick", simulator.partner(), e);
                    }
                }
            }
        }

        private void close() {
            stores.forEach(SandboxStore::close);
            journal.close();
        }
    }
}
