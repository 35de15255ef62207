package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the code and our route files can write as a reason has its Korean sentence, with every fact that was put in.
 *
 * <p>Where a new sentence fails here, {@code reasons_ko.tsv} needs a line for it; or, where no page shows it as a
 * reason, a list of this test does.
 */
class ReasonsInTheCodeTest {

    private static final Path SOURCES = Path.of("src/main/java/hub");

    private static final List<String> WRITERS = List.of(
            "catalog",
            "catalog/guard",
            "catalog/backfill",
            "mapping",
            "order",
            "partner",
            "budget/BudgetSpentException.java",
            "queue/Jobs.java",
            "routing/Failures.java");

    /** Options, meters, SQL, rejected items, pictures, and decisions, which have sentences of their own. */
    private static final Pattern NO_WRITER = Pattern.compile(".*(Options|Binding|Settings|SettingsFailure|Meters|Sql)"
            + "|Backfills|RangeKind|SharedToken|TokenSeal|PostgresShelf|RedisShelf|BrokenText|CredentialDays|HeldToken|ContentText|ProductHistory|Journal"
            + "|Fields|Terms|NamedElsewhere|ProductMapping|ProductStore|FileAddress|OpenFiles|PublicAddresses"
            + "|HoldRefusedException|ReviewRefusedException|FeedGuard|PartnerComponent|Poll|Polls");

    private static final Pattern SQL =
            Pattern.compile("(select|insert|update|delete|copy|set local) .*", Pattern.DOTALL);

    /** Steps of the journal and of jobs, mistakes in options, and parts that only stand inside a sentence. */
    private static final Set<String> NOT_SHOWN = Set.of(
            "accepted, but the answer names no order",
            "acknowledged before it was seen",
            "acknowledged by somebody else; looked up before it is bought",
            "may have been bought before the database was set back; looked up before it is bought",
            "it has stored less of 7001 than Redis was told",
            "cancelled at the market",
            "cancelled before it was seen",
            "shipped before it was seen",
            "the market says it is acknowledged",
            "bought again by 7001, who says that 7002 is void",
            "cancelled by 7001",
            "late answer",
            "late answer: 7001 70027003",
            "late look-up: 7001 70027003",
            "looked up twice and not found",
            "no answer until 7001",
            "not before 7001",
            "not found yet",
            "not found; looked up again at 7001",
            "what is found may be one that is being sent",
            "refused, and read back: 7001",
            "shipped as 7001",
            "together with others: 7001",
            "waits for one that is sent alone",
            "tracking number 7001 is uploaded",
            "7001 is 7002 and cannot become 7003",
            "couriers.csv names 7001 twice",
            "line not locked: 7001",
            "the order ledger commits by itself; call it outside of a transaction",
            "payload of job 7001",
            "no partner 7001; there are 7002 (hub.partners.7003.enabled may be false)",
            "hub.partners.7001: max-answer=7002, max-packed=7003, max-ratio=7004; each is more than 0",
            "hub.partners.7001: min-pace=7002, pace-after=7003; neither is less than 0",
            "limit \\(\\d+\\) exceeded",
            "Number ",
            " and ",
            " digits",
            " or ",
            " so far",
            "claim 7001",
            "order line 7001",
            "purchase order 7001",
            "table ",
            "variable ");

    /** What stands for an expression, by class, where a number would not do. */
    private static final Map<String, String> SAMPLES = Map.of(
            "Partner.meaning.where()", "acme/create ",
            "Partner.stop.kind().text()", "credentials",
            "AnswerMeaning.where()", "acme/create ",
            "AnswerMeaning.why", "acme/create is refused (status 8001): 8002",
            "AnswerMeaning.call.as()", "json",
            "Claims.what", "cancel done (claim 8001)",
            "Course.reason", "cancel done (claim 8001)",
            "Growth.when", " so far",
            "Intake.what", "address changed",
            "DeclaredCharset.said()", "it is declared as charset=8001");

    private static final Pattern FACT = Pattern.compile("[78]00\\d");

    /** In a route file: what is given as a reason or an error, or stands in for one. */
    private static final Pattern ROUTE_REASON = Pattern.compile(
            "(?:reason: |error: |error\\(|error = |// |then |else )\"((?:[^\"\\\\]|\\\\\\([^()]*\\))+)\"");

    private final Reasons reasons = new Reasons();

    @Test
    void every_reason_that_the_code_can_write_is_told_in_korean_with_its_facts() {
        List<String> written = written();

        assertThat(written).hasSizeGreaterThan(130).allSatisfy(this::isToldInKorean);
    }

    @Test
    void what_our_route_files_say_of_an_answer_is_told_in_korean() throws IOException {
        List<String> written = ofRoutes();

        assertThat(written).hasSizeGreaterThan(20).allSatisfy(this::isToldInKorean);
    }

    private void isToldInKorean(String reason) {
        String korean = reasons.in(Locale.KOREAN, reason);
        assertThat(korean)
                .as("in Korean: %s", reason)
                .containsPattern("[가-힣]")
                .doesNotContainPattern("[a-z]{3,} [a-z]{2,}");
        assertThat(facts(korean)).as("in: %s", korean).containsAll(facts(reason));
    }

    private static Set<String> facts(String text) {
        return FACT.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static List<String> written() {
        return WRITERS.stream()
                .flatMap(writer -> files(SOURCES.resolve(writer), 1, ".java"))
                .filter(file -> !NO_WRITER.matcher(name(file)).matches())
                .flatMap(file -> of(file).stream())
                .filter(text -> !NOT_SHOWN.contains(text) && !SQL.matcher(text).matches())
                .toList();
    }

    private static List<String> of(Path file) {
        try {
            return WrittenTexts.of(file, operand -> SAMPLES.getOrDefault(name(file) + "." + operand, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ofRoutes() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files(Path.of("routes"), Integer.MAX_VALUE, ".jq").toList()) {
            ROUTE_REASON
                    .matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1).replaceAll("\\\\\\([^()]*\\)", "7001"))
                    .filter(text -> text.matches(".*[a-z]{2} [a-z]{2}.*"))
                    .forEach(texts::add);
        }
        return texts;
    }

    private static Stream<Path> files(Path folder, int depth, String end) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(end)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
