package hub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import hub.mapping.Jq;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The files under {@code routes/}: what Camel's schema says of them, and what our rules do. */
class RouteFilesTest {

    private static final Path ROUTES = Path.of("routes");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonSchema SCHEMA = schema();
    private static final Pattern OPTION = Pattern.compile("\\{\\{(hub\\.[^}:]+)}}");
    private static final Pattern EMBEDDED_JQ = Pattern.compile("resource:file:(routes/[^\"'\\s]+\\.jq)");
    /** What {@code hub.doctor} reads of every partner. */
    private static final List<String> DOCTORS = List.of("doctor.request.jq", "doctor.verdict.jq");

    private static final Pattern ORDERS = Pattern.compile("order|claim|track|hand-off|upload-");

    private static final int MAX_LINES_OF_A_PARTNER = 30;

    /** What a file of a partner may hold: names of steps and of what they are made of. */
    private static final Set<String> PARTNERS_MAY = Set.of(
            "templatedRoute",
            "routeTemplateRef",
            "route",
            "routeId",
            "id",
            "description",
            "parameters",
            "name",
            "value",
            "routeConfigurationId",
            "errorHandler",
            "noErrorHandler",
            "from",
            "uri",
            "steps",
            "to",
            "setHeader",
            "setBody",
            "setProperty",
            "setVariable",
            "choice",
            "when",
            "otherwise",
            "filter",
            "split",
            "log",
            "removeHeaders",
            "marshal",
            "unmarshal",
            "json",
            "validate",
            "stop",
            "doTry",
            "doCatch",
            "doFinally",
            "exception",
            "expression",
            "jq",
            "simple",
            "constant",
            "variable",
            "aggregationStrategy",
            "stopOnException",
            "message");

    private static final List<String> PARTNERS_CALL = List.of("kamelet:", "direct", "cached:", "log");

    @TestFactory
    Stream<DynamicTest> every_file_is_what_the_schema_of_camel_says() {
        return each(
                routeFiles(), file -> assertThat(SCHEMA.validate(read(file))).isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> every_file_begins_with_what_a_reader_must_know() {
        return each(files(".yaml"), file -> assertThat(text(file)).startsWith("# "));
    }

    @TestFactory
    Stream<DynamicTest> every_route_has_an_id_and_says_what_it_does() {
        return each(routeFiles(), file -> {
            for (JsonNode entry : read(file)) {
                JsonNode named = entry.has("routeTemplate") ? entry.path("routeTemplate") : entry.path("route");
                if (named.isObject()) {
                    assertThat(named.path("id").asText()).isNotEmpty();
                    assertThat(named.path("description").asText()).isNotEmpty().doesNotEndWith(".");
                }
                named.path("parameters")
                        .forEach(p -> assertThat(p.path("description").asText())
                                .as(p + "")
                                .isNotEmpty());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> file_of_a_partner_holds_the_one_route_it_is_named_after() {
        return each(partnerFiles(), file -> {
            JsonNode entries = read(file);
            assertThat(entries).hasSize(1);
            JsonNode entry = entries.path(0);
            String id = entry.path("templatedRoute")
                    .path("routeId")
                    .asText(entry.path("route").path("id").asText());
            assertThat(id).isEqualTo(file.getName(2) + "-" + stem(file));
        });
    }

    @Test
    void no_two_routes_have_one_id() {
        List<String> ids = new ArrayList<>();
        routeFiles()
                .forEach(file -> read(file).forEach(entry -> {
                    String id = entry.findPath("routeId")
                            .asText(entry.path("route").path("id").asText());
                    if (!id.isEmpty()) {
                        ids.add(id);
                    }
                }));

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    }

    @TestFactory
    Stream<DynamicTest> options_stand_under_parameters_and_not_in_an_address() {
        return each(
                files(".yaml"),
                file -> read(file)
                        .findValuesAsText("uri")
                        .forEach(uri -> assertThat(uri).doesNotContain("?")));
    }

    @TestFactory
    Stream<DynamicTest> placeholders_are_options_of_the_hub() {
        JsonNode options = read(Path.of("application.yaml"));
        return each(files(".yaml"), file -> {
            Matcher placeholder = OPTION.matcher(text(file));
            while (placeholder.find()) {
                String pointer = "/" + placeholder.group(1).replace('.', '/');
                assertThat(options.at(pointer).isMissingNode())
                        .as(placeholder.group(1))
                        .isFalse();
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> partners_use_only_what_cannot_reach_beyond_the_hub() {
        return each(partnerFiles(), file -> {
            JsonNode tree = read(file);
            Set<String> words = new TreeSet<>();
            steps(tree, words);
            words.removeAll(PARTNERS_MAY);
            assertThat(words).isEmpty();
            tree.findValuesAsText("uri")
                    .forEach(uri -> assertThat(PARTNERS_CALL).as(uri).anyMatch(uri::startsWith));
        });
    }

    /** What a cache gives may be hours old: no order is placed, read or told about by it. */
    @TestFactory
    Stream<DynamicTest> what_an_order_needs_is_never_asked_through_the_cache() {
        List<Path> ofOrders = routeFiles().stream()
                .filter(file -> ORDERS.matcher(stem(file)).find() || text(file).contains("lane: orders"))
                .toList();
        assertThat(ofOrders).hasSizeGreaterThan(15);
        Set<String> behindCache = new TreeSet<>();
        routeFiles()
                .forEach(file -> read(file).findValuesAsText("uri").stream()
                        .filter(uri -> uri.startsWith("cached:"))
                        .forEach(uri -> behindCache.add(uri.substring(uri.indexOf('/') + 1))));
        assertThat(behindCache).isNotEmpty();
        return each(ofOrders, file -> {
            assertThat(text(file)).doesNotContain("cached:");
            assertThat(behindCache).doesNotContain(file.getName(2) + "-" + stem(file));
        });
    }

    @TestFactory
    Stream<DynamicTest> files_of_partners_are_short() {
        return each(partnerFiles(), file -> assertThat(code(file)).hasSizeLessThanOrEqualTo(MAX_LINES_OF_A_PARTNER));
    }

    @TestFactory
    Stream<DynamicTest> templates_that_are_named_exist() {
        Set<String> templates = new TreeSet<>();
        files(".yaml")
                .forEach(file -> read(file)
                        .forEach(entry -> templates.add(
                                entry.path("routeTemplate").path("id").asText())));
        return each(
                partnerFiles(),
                file -> read(file)
                        .findValuesAsText("routeTemplateRef")
                        .forEach(ref -> assertThat(templates).contains(ref)));
    }

    @TestFactory
    Stream<DynamicTest> every_jq_compiles() {
        return each(files(".jq"), file -> assertThat(new Jq(text(file))).isNotNull());
    }

    @Test
    void every_jq_file_is_used_and_every_file_that_is_named_exists() {
        Set<String> named = new TreeSet<>();
        partnerFiles().forEach(file -> named.addAll(named(file)));
        partnerFiles()
                .forEach(file -> DOCTORS.forEach(
                        name -> named.add(file.resolveSibling(name).toString())));
        Set<String> there = new TreeSet<>();
        files(".jq").forEach(file -> there.add(file.toString()));

        assertThat(named).containsExactlyInAnyOrderElementsOf(there);
    }

    /** The jq files that a file of a partner names, or that the template names which it fills in. */
    private static Set<String> named(Path file) {
        String text = text(file);
        JsonNode filled = read(file).path(0).path("templatedRoute");
        if (filled.isObject()) {
            text = template(filled.path("routeTemplateRef").asText());
            for (JsonNode parameter : filled.path("parameters")) {
                text = text.replace(
                        "{{" + parameter.path("name").asText() + "}}",
                        parameter.path("value").asText());
            }
        }
        text = text.replace("{{hub.routes.folder}}", ROUTES.toString())
                .replace("{{product}}", "product.jq")
                .replace("'file:routes", "resource:file:routes");
        Set<String> named = new TreeSet<>();
        Matcher jq = EMBEDDED_JQ.matcher(text);
        while (jq.find()) {
            named.add(jq.group(1));
        }
        return named;
    }

    private static String template(String id) {
        for (Path file : routeFiles()) {
            for (JsonNode entry : read(file)) {
                if (entry.path("routeTemplate").path("id").asText().equals(id)) {
                    return entry.toString().replace("\\\"", "'");
                }
            }
        }
        throw new AssertionError("no template " + id);
    }

    /** Every key below, except the parameters of an endpoint, which are the endpoint's own. */
    private static void steps(JsonNode node, Set<String> words) {
        node.properties().forEach(field -> {
            words.add(field.getKey());
            if (!(field.getKey().equals("parameters") && field.getValue().isObject())) {
                steps(field.getValue(), words);
            }
        });
        if (node.isArray()) {
            node.forEach(child -> steps(child, words));
        }
    }

    private static List<String> code(Path file) {
        return text(file)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    private static String stem(Path file) {
        return file.getFileName().toString().replace(".camel.yaml", "");
    }

    private static List<Path> routeFiles() {
        return files(".camel.yaml");
    }

    private static List<Path> partnerFiles() {
        return routeFiles().stream()
                .filter(file ->
                        Set.of("suppliers", "markets").contains(file.getName(1).toString()))
                .toList();
    }

    private static List<Path> files(String ending) {
        try (Stream<Path> files = Files.walk(ROUTES)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<DynamicTest> each(List<Path> files, Consumer<Path> check) {
        assertThat(files).isNotEmpty();
        return files.stream().map(file -> DynamicTest.dynamicTest(file.toString(), () -> check.accept(file)));
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonSchema schema() {
        try (InputStream in = RouteFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
