package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest {

    @Test
    void what_programs_may_ask_is_written_down_and_nothing_else() throws Exception {
        assertThat(documented()).containsExactlyElementsOf(served());
    }

    private static Set<String> documented() throws IOException {
        Set<String> all = new TreeSet<>();
        try (InputStream text =
                Objects.requireNonNull(OpenApiTest.class.getResourceAsStream("/static/api/openapi.yaml"))) {
            Map<String, Map<String, Map<String, Object>>> file = new Yaml().load(text);
            Objects.requireNonNull(file.get("paths"))
                    .forEach((path, methods) ->
                            methods.keySet().forEach(method -> all.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        }
        return all;
    }

    private static Set<String> served() throws ClassNotFoundException {
        ClassPathScanningCandidateComponentProvider scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(Controller.class));
        Set<String> all = new TreeSet<>();
        for (BeanDefinition found : scan.findCandidateComponents("hub.console")) {
            for (Method method : Class.forName(found.getBeanClassName()).getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    add(all, mapping);
                }
            }
        }
        return all;
    }

    private static void add(Set<String> all, RequestMapping mapping) {
        for (String path : mapping.path()) {
            for (RequestMethod method : mapping.method()) {
                if (path.startsWith("/api/")) { // the others are pages
                    all.add(method + " " + path);
                }
            }
        }
    }
}
