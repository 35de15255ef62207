package hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** jq in routes, and what ours knows beyond jq 1.6. */
class JqTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(camel);

    @Test
    void one_result_is_given_as_java_has_it() throws JsonProcessingException {
        exchange.getMessage().setBody(json("{\"a\": \"x\", \"n\": 3, \"t\": true, \"o\": {\"k\": 1}}"));

        assertThat(evaluate(".a")).isEqualTo("x");
        assertThat(evaluate(".n")).isEqualTo(3);
        assertThat(evaluate(".t")).isEqualTo(true);
        assertThat(evaluate(".o")).isEqualTo(json("{\"k\": 1}"));
        assertThat(evaluate(".missing")).isNull();
    }

    @Test
    void several_results_are_a_list_and_none_is_no_body() throws JsonProcessingException {
        exchange.getMessage().setBody(json("[1, 2]"));

        assertThat(evaluate(".[]")).isEqualTo(List.of(json("1"), json("2")));
        assertThat(evaluate(".[] | select(. > 5)")).isNull();
        assertThat(evaluate(".")).isEqualTo(json("[1, 2]"));
    }

    @Test
    void lists_maps_and_text_are_read_as_json() {
        exchange.getMessage().setBody(List.of("a", "b"));
        assertThat(evaluate("length")).isEqualTo(2);

        exchange.getMessage().setBody("{\"is\": \"text\"}");
        assertThat(evaluate("type")).isEqualTo("string");
    }

    @Test
    void variables_of_the_exchange_are_read_by_name() throws JsonProcessingException {
        exchange.setVariable("item", json("{\"sku\": \"W1\"}"));
        exchange.setVariable("count", 2);
        exchange.getMessage().setBody(json("{}"));

        assertThat(evaluate("variable(\"item\").sku")).isEqualTo("W1");
        assertThat(evaluate("variable(\"count\") + 1")).isEqualTo(3);
        assertThat(evaluate("variable(\"nothing\")")).isNull();
    }

    @Test
    void program_that_is_no_jq_is_named() {
        assertThatThrownBy(() -> evaluate("{a: "))
                .isInstanceOf(JqRefusedException.class)
                .hasMessageContaining("{a: ")
                .hasMessageContaining("does not compile");
    }

    @Test
    void program_that_is_no_jq_is_refused_with_the_line_and_not_with_all_of_it() {
        assertThatThrownBy(() -> new Jq("{\n  sku: .id,\n  name: .title)\n  category: .category\n}"))
                .isInstanceOf(JqRefusedException.class)
                .hasMessageContaining("line 3, column 15")
                .hasMessageNotContaining("category");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "error(\"no such status\")",
                ".a.b.c",
                "kst(\"not a pattern\")",
                "test(\"(\")",
                "tonumber",
                "fromjson"
            })
    void refused_input_is_a_refusal_and_nothing_else(String program) {
        Jq jq = new Jq(program);

        assertThatThrownBy(() -> jq.all(json("\"2026-03-01x\""))).isInstanceOf(JqRefusedException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1772323200000",
                "1772323200",
                "\"2026-03-01T00:00:00Z\"",
                "\"2026-03-01T09:00:00.000+09:00\"",
                "\"2026-03-01T09:00:00\"",
                "\"2026-03-01 09:00:00\"",
                "\"2026/03/01 09:00\"",
            })
    void time_in_any_of_its_forms_is_one_instant(String time) throws JsonProcessingException {
        assertThat(new Jq("instant").all(json(time))).containsExactly(json("\"2026-03-01T00:00:00Z\""));
    }

    @Test
    void day_begins_at_midnight_in_korea_and_no_time_is_null() throws JsonProcessingException {
        assertThat(new Jq("instant").all(json("\"2026-03-01\""))).containsExactly(json("\"2026-02-28T15:00:00Z\""));
        assertThat(new Jq("instant").all(json("\"\""))).containsExactly(NullNode.getInstance());
        assertThat(new Jq("instant").all(json("null"))).containsExactly(NullNode.getInstance());
    }

    @Test
    void instants_are_shifted_and_written_as_partners_want_them() throws JsonProcessingException {
        JsonNode at = json("\"2026-03-01T00:00:00Z\"");

        assertThat(new Jq("shift(\"-PT10M\")").all(at)).containsExactly(json("\"2026-02-28T23:50:00Z\""));
        assertThat(new Jq("kst(\"yyyyMMddHHmm\")").all(at)).containsExactly(json("\"202603010900\""));
        assertThat(new Jq("ms").all(at)).containsExactly(json("1772323200000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "\"2026-13-01\"", "true", "{}", "\"1772323200000\""})
    void what_is_no_time_is_refused(String time) {
        assertThatThrownBy(() -> new Jq("instant").all(json(time)))
                .isInstanceOf(JqRefusedException.class)
                .hasMessageContaining("not a time");
    }

    @ParameterizedTest
    @CsvSource({"., 987654321098765432", "tostring, '\"987654321098765432\"'", "[.] | .[0], 987654321098765432"})
    void numbers_of_18_digits_stay_exact(String program, String expected) throws JsonProcessingException {
        assertThat(new Jq(program).all(json("987654321098765432")).get(0).toString())
                .isEqualTo(expected);
    }

    private Object evaluate(String program) {
        Expression expression = new JqLanguage().createExpression(null, program, null);
        return expression.evaluate(exchange, Object.class);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }
}
