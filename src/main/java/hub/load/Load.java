package hub.load;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Whether the reading of catalogues pauses: no page is asked for then, and none is cut off a document. Orders, stock of
 * single products and whatever stands in the queue go on.
 *
 * <p><b>Memory</b> that is short pauses it until there is room: orders must not meet an OutOfMemoryError.
 * <b>Processors</b> that are busy do not by themselves: a first pull alone may use all of them, and would only throttle
 * itself. It gives way while urgent work waits, for {@link LoadOptions#turn()} at most, and then goes on for as long,
 * so that neither comes to a standstill.
 *
 * <p>Camel's own throttling policies count exchanges in flight and suspend consumers: a pull is one exchange for all
 * its pages, and would notice nothing. So routes ask {@link #isPaused()} before each page. It costs a read of a
 * variable; looking is done by a timer of {@code routes/ops}. Thread-safe.
 */
@Component
public class Load {

    private static final Logger LOG = LoggerFactory.getLogger(Load.class);

    private final Machine machine;
    private final Urgent urgent;
    private final CamelContext camel;
    private final Clock clock;
    private final Duration turn;
    private final MemoryWatch memory;
    private final CpuWatch cpu;
    private Instant turnEnds = Instant.MIN;
    private volatile boolean memoryShort;
    private volatile boolean givesWay;

    Load(Machine machine, Urgent urgent, LoadOptions options, CamelContext camel, Clock clock, MeterRegistry meters) {
        this.machine = machine;
        this.urgent = urgent;
        this.camel = camel;
        this.clock = clock;
        this.turn = options.turn();
        this.memory = new MemoryWatch(options.memory(), options.memoryResume(), options.memoryBelieved());
        this.cpu = new CpuWatch((int) options.cpuFor().toSeconds(), options.cpu(), options.cpuResume());
        paused(meters, "memory", () -> memoryShort ? 1 : 0);
        paused(meters, "cpu", () -> givesWay ? 1 : 0);
    }

    private static void paused(MeterRegistry meters, String reason, Supplier<Number> value) {
        Gauge.builder("hub.load.paused", value)
                .description("Whether the reading of catalogues pauses for this reason (1) or not (0)")
                .tag("reason", reason)
                .register(meters);
    }

    /** Looks at memory and processors; to be called once a second. */
    public synchronized void look() {
        Instant now = clock.instant();
        boolean isShort = memory.look(machine, now);
        if (isShort != memoryShort) {
            memoryShort = isShort;
            sayMemory();
        }
        boolean isBusy = cpu.look(machine.cpu());
        boolean wanted = isBusy && urgent.waits();
        if (givesWay ? !wanted || !now.isBefore(turnEnds) : wanted && !now.isBefore(turnEnds.plus(turn))) {
            givesWay = !givesWay;
            turnEnds = givesWay ? now.plus(turn) : now;
            sayCpu(wanted);
        }
    }

    /** Whether no page is asked for now. Never when the hub stops: what waits would hold that up. */
    public boolean isPaused() {
        return (memoryShort || givesWay) && !camel.isStopping();
    }

    /** Why catalogues are not read now, such as {@code memory}; empty when they are. */
    public String reason() {
        return memoryShort ? "memory" : givesWay ? "cpu" : "";
    }

    private void sayMemory() {
        long megabyte = 1024 * 1024;
        LOG.warn(
                memoryShort
                        ? "catalogues are not read for now: {} of {} MB are in use after a collection (hub.load.memory); orders"
                                + " go on. Does it last, give the hub more heap (-Xmx)"
                        : "catalogues are read again: {} of {} MB were in use after the last collection",
                machine.needed() / megabyte,
                machine.most() / megabyte);
    }

    private void sayCpu(boolean wanted) {
        LOG.info(
                givesWay
                        ? "catalogues give way for {} s at most: urgent jobs wait, and {} % of the processors are in use"
                                + " (hub.load.cpu)"
                        : wanted
                                ? "catalogues are read for {} s at least, though urgent jobs wait and {} % of the processors are in use"
                                : "catalogues are read again: nothing urgent waits, or the processors are free",
                turn.toSeconds(),
                Math.round(100 * cpu.share()));
    }
}
