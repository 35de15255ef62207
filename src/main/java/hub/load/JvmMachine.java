package hub.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Comparator;
import org.springframework.stereotype.Component;

/**
 * This JVM.
 *
 * <p>Its heap is judged by the pool that keeps what lives long (Tenured Gen, G1 Old Gen, …): with the serial collector
 * nothing that is needed fits outside of it, so that 80 % of the whole heap would never be reached. The processors are
 * those of the container, with everybody in it: half of the work of a pull is done by Postgres.
 */
@Component
final class JvmMachine implements Machine {

    private final MemoryPoolMXBean pool = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
            .max(Comparator.comparingLong(pool -> pool.getUsage().getMax()))
            .orElseThrow(() -> new IllegalStateException("this JVM has no heap for what lives long"));
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    @Override
    public long needed() {
        MemoryUsage after = pool.getCollectionUsage();
        return after == null ? 0 : after.getUsed();
    }

    @Override
    public long used() {
        return pool.getUsage().getUsed();
    }

    @Override
    public long most() {
        long max = pool.getUsage().getMax();
        return max > 0 ? max : Runtime.getRuntime().maxMemory();
    }

    @Override
    public double cpu() {
        return Math.max(0, system.getCpuLoad()); // less than 0: not known yet
    }
}
