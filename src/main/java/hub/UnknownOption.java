package hub;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** An option below {@code hub.} that nobody reads, in one sentence with those that exist beside it. */
final class UnknownOption extends AbstractFailureAnalyzer<BindException> implements Ordered {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable root, BindException failure) {
        return failure.getCause() instanceof UnboundConfigurationPropertiesException unbound
                        && failure.getName().toString().startsWith("hub.")
                ? new FailureAnalysis(
                        "The hub was not started: " + sentences(unbound) + "; " + failure.getName() + " takes "
                                + options(failure) + ".",
                        "Correct the name there; every option stands in application.yaml with its unit.",
                        failure)
                : null;
    }

    private static String sentences(UnboundConfigurationPropertiesException unbound) {
        return unbound.getUnboundProperties().stream()
                .map(UnknownOption::sentence)
                .collect(Collectors.joining("; "));
    }

    private static String sentence(ConfigurationProperty property) {
        return property.getName() + " (" + (property.getOrigin() == null ? "given" : property.getOrigin())
                + ") is not known";
    }

    private static List<String> options(BindException failure) {
        Class<?> type = failure.getTarget().getType().resolve(Object.class);
        List<String> names = new ArrayList<>();
        Stream.ofNullable(type.getRecordComponents())
                .flatMap(Stream::of)
                .map(RecordComponent::getName)
                .map(name -> name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(names::add);
        return names;
    }

    /** Before Spring's own, which says only that an element was left unbound. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }
}
