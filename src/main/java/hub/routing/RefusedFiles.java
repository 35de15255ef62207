package hub.routing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** The route files that were left out at this start, by name, with the reason. */
@Component
public class RefusedFiles {

    private final Map<String, String> reasons = Collections.synchronizedMap(new TreeMap<>());

    RefusedFiles(MeterRegistry meters) {
        Gauge.builder("hub.route.files.refused", reasons, Map::size)
                .description("route files that were refused at the start; the log names each with its reason")
                .register(meters);
    }

    void add(Path file, String reason) {
        reasons.put(file.toString(), reason);
    }

    /** A copy: file name to reason, sorted by name. */
    public Map<String, String> reasons() {
        synchronized (reasons) {
            return Collections.unmodifiableMap(new TreeMap<>(reasons));
        }
    }
}
