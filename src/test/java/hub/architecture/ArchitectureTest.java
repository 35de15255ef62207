package hub.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The shape of the house: features form a star around the catalogue and meet in YAML. */
class ArchitectureTest {

    private static final JavaClasses HUB = new ClassFileImporter().importPath(Path.of("target", "classes", "hub"));

    /** Whatever every feature may import. */
    private static final Set<String> CENTRE = Set.of("catalog", "time", "restore");

    /** What a feature may import besides these; one that is not named may import nothing else. */
    private static final Map<String, Set<String>> ALLOWED = Map.of(
            "partner", Set.of("budget", "signing"),
            "order", Set.of("queue", "pricing"),
            "listing", Set.of("queue", "pricing"),
            "routing", Set.of("partner", "budget", "mapping"),
            "load", Set.of("queue"),
            "image", Set.of("partner"),
            "doctor", Set.of("partner", "budget", "mapping"));

    /** They may import any feature, and nothing imports them; the root package may import everything. */
    private static final Set<String> OUTER = Set.of("console", "cli");

    private static final String SANDBOX = "sandbox";

    @Test
    void features_import_the_centre_and_what_is_allowed_to_them() {
        Set<String> broken = new TreeSet<>();
        for (JavaClass origin : HUB) {
            String from = feature(origin);
            origin.getDirectDependenciesFromSelf().forEach(dependency -> {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (isOurs(target) && !mayImport(from, feature(target))) {
                    broken.add(origin.getFullName() + " → " + target.getFullName());
                }
            });
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void star_of_features_is_drawn_as_meant() {
        assertThat(mayImport("order", "queue")).isTrue();
        assertThat(mayImport("order", "partner")).isFalse();
        assertThat(mayImport("catalog", "mapping")).isFalse();
        assertThat(mayImport("catalog", "time")).isTrue();
        assertThat(mayImport("time", "catalog")).isFalse();
        assertThat(mayImport("console", "order")).isTrue();
        assertThat(mayImport("console", "sandbox")).isFalse();
        assertThat(mayImport("sandbox", "catalog")).isFalse();
        assertThat(mayImport("", "sandbox")).isTrue();
    }

    /** What a cache gives may be hours old: stock and cost of an order come from Postgres alone. */
    @Test
    void orders_prices_and_listings_know_no_cache() {
        noClasses()
                .that()
                .resideInAnyPackage("hub.order..", "hub.pricing..", "hub.listing..", "hub.queue..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("hub.cache..")
                .check(HUB);
    }

    @Test
    void routes_are_written_in_yaml_only() {
        noClasses()
                .should()
                .beAssignableTo("org.apache.camel.builder.RouteBuilder")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.apache.camel.builder.RouteBuilder")
                .check(HUB);
    }

    @Test
    void classes_are_named_after_things() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Misc|Common|Base|Impl)")
                .check(HUB);
    }

    @Test
    void nothing_reads_java_serialisation_or_prints_or_sleeps() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(HUB);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(HUB);
    }

    @Test
    void beans_take_what_they_need_in_their_constructor() {
        for (String annotation : Set.of(
                "org.springframework.beans.factory.annotation.Autowired",
                "org.springframework.beans.factory.annotation.Value",
                "jakarta.annotation.Resource",
                "jakarta.inject.Inject")) {
            noFields()
                    .should()
                    .beAnnotatedWith(annotation)
                    .allowEmptyShould(true)
                    .check(HUB);
        }
    }

    @Test
    void every_package_says_what_it_is_and_refuses_null() {
        Set<String> bare = new TreeSet<>();
        for (JavaClass type : HUB) {
            JavaPackage in = type.getPackage();
            if (!in.tryGetPackageInfo().isPresent() || !in.isAnnotatedWith(NullMarked.class)) {
                bare.add(in.getName());
            }
        }

        assertThat(bare).isEmpty();
    }

    private static boolean mayImport(String from, String to) {
        if (from.isEmpty() || from.equals(to)) {
            return true;
        }
        if (to.equals(SANDBOX) || from.equals(SANDBOX) || OUTER.contains(to) || to.isEmpty()) {
            return false;
        }
        boolean toCentre = CENTRE.contains(to) && !from.equals("time");
        return OUTER.contains(from)
                || toCentre
                || ALLOWED.getOrDefault(from, Set.of()).contains(to);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals("hub") || type.getPackageName().startsWith("hub.");
    }

    /** Such as {@code order} for {@code hub.order.Intake}; empty for the root package. */
    private static String feature(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", 3);
        return parts.length < 2 ? "" : parts[1];
    }
}
