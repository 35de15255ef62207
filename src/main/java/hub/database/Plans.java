package hub.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * How Postgres would run a statement whose values are not known. Nothing is run: it is only planned, in a transaction
 * that may not write, in time.
 *
 * <p>Source: PostgreSQL 18, EXPLAIN, option {@code GENERIC_PLAN} (since 16).
 */
@Component
class Plans {

    private static final int FIRST_VERSION = 160_000;
    private static final int MOST_STEPS = 12;
    private static final Plan NONE = new Plan("", List.of());

    // What cannot be planned is no error of ours: for some of them (0A000) Hikari closes the connection.
    // The driver would take $1 of the text for a parameter of its own: so the text is a value, and the server reads it.
    private static final String PLAN = """
            do $$
            declare
              plan json;
            begin
              begin
                execute 'explain (generic_plan, verbose, format json) ' || current_setting('hub.statement') into plan;
              exception when others then
                plan := null;
              end;
              perform set_config('hub.plan', coalesce(plan::text, ''), true);
            end $$
            """;

    // Values stand for themselves everywhere but behind the name of a type: interval $1 is no SQL.
    private static final Pattern TYPED = Pattern.compile("\\b(interval|date|time|timestamp|timestamptz) (\\$\\d+)");

    private final Look look;
    private final Scans scans;
    private final ObjectMapper json;

    Plans(Look look, Scans scans, ObjectMapper json) {
        this.look = look;
        this.scans = scans;
        this.json = json;
    }

    /** @param steps outermost first */
    record Plan(String steps, List<Finding> advice) {}

    boolean arePossible() {
        return look.at(asked -> Boolean.TRUE.equals(asked.queryForObject(
                "select current_setting('server_version_num')::int >= ?", Boolean.class, FIRST_VERSION)));
    }

    /**
     * The plan of one statement of {@code pg_stat_statements}, which never holds two; empty if Postgres cannot plan it.
     *
     * @param slow whether reading a whole table is worth a word though no index would help
     */
    Plan of(String statement, boolean slow) {
        if (statement.indexOf(';') >= 0) {
            return NONE;
        }
        try {
            return look.at(asked -> plan(asked, statement, slow));
        } catch (DataAccessException | TransactionException e) {
            return NONE; // its table is gone, it is no whole statement, or planning took too long
        }
    }

    private Plan plan(JdbcTemplate asked, String statement, boolean slow) {
        asked.query(
                "select set_config('hub.statement', ?, true)",
                row -> {},
                TYPED.matcher(statement).replaceAll("cast($2 as $1)"));
        asked.execute(PLAN);
        String plan = asked.queryForObject("select current_setting('hub.plan')", String.class);
        if (plan == null || plan.isEmpty()) {
            return NONE;
        }
        List<JsonNode> nodes = new ArrayList<>();
        collect(tree(plan).path(0).path("Plan"), nodes);
        List<Finding> advice = new ArrayList<>();
        nodes.forEach(node -> scans.advice(asked, node, slow).ifPresent(advice::add));
        return new Plan(steps(nodes), advice.stream().distinct().toList());
    }

    private static void collect(JsonNode node, List<JsonNode> into) {
        into.add(node);
        node.path("Plans").forEach(below -> collect(below, into));
    }

    private static String steps(List<JsonNode> nodes) {
        List<String> steps = nodes.stream().limit(MOST_STEPS).map(Plans::step).toList();
        return String.join(" › ", steps) + (nodes.size() > MOST_STEPS ? " › …" : "");
    }

    private static String step(JsonNode node) {
        String of = node.path("Index Name").asText(node.path("Relation Name").asText());
        return (node.path("Node Type").asText() + " " + of).strip();
    }

    private JsonNode tree(String plan) {
        try {
            return json.readTree(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Postgres explained a statement in what is no JSON", e);
        }
    }
}
