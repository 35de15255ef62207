package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hub.TestDatabase;
import hub.partner.ledger.CallSums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.yaml.snakeyaml.Yaml;

/**
 * {@code GET /api/calls} over a real Postgres, the table on the console, and the OpenAPI file that promises the first.
 */
class CallsApiTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** In Seoul it is the morning of the second already. */
    private static final Instant NOW = Instant.parse("2026-06-01T23:30:00Z");

    @SuppressWarnings("NullAway.Init")
    private static MockMvc http;

    @SuppressWarnings("NullAway.Init")
    private static CallSums sums;

    @BeforeAll
    static void open() {
        DataSource database = TestDatabase.fresh();
        new JdbcTemplate(database).execute("""
                insert into call_ledger values
                  ('2026-06-01T14:59:00Z', 'naver', 'create', 'ok', 10, 1, 100, 1000, 15000, 400),
                  ('2026-06-01T15:00:00Z', 'naver', 'create', 'ok', 2, 0, 20, 200, 3001, 300),
                  ('2026-06-01T23:00:00Z', 'naver', 'create', 'limited', 3, 0, 30, 3, 0, 20),
                  ('2026-06-01T23:00:00Z', 'naver', 'read', 'ok', 4, 0, 0, 3, 0, 20),
                  ('2026-06-01T23:00:00Z', 'coupang', 'list', 'unknown', 5, 0, 50, 5, 0, 20)""");
        sums = new CallSums(JdbcClient.create(database));
        http = MockMvcBuilders.standaloneSetup(new CallsApi(sums, Clock.fixed(NOW, ZoneOffset.UTC)))
                .setMessageConverters(new MappingJackson2HttpMessageConverter(JSON))
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                     | 14 | 4
            partner=naver                                                          | 9  | 4
            partner=nobody                                                         | 0  | 0
            from=2026-06-01                                                        | 24 | 19
            from=2026-06-01&to=2026-06-01                                          | 10 | 15
            from=2026-06-02&to=2026-06-02&partner=coupang                          | 5  | 0
            from=2026-06-01T15:00:00Z&to=2026-06-01T23:00:00Z                      | 2  | 4
            from=2026-06-02T00:00:00%2B09:00&to=2026-06-02T08:00:00%2B09:00        | 2  | 4
            """)
    void span_is_of_seoul_and_ends_where_it_says(String query, long calls, long won) throws Exception {
        JsonNode answer = get(query, 200);

        assertThat(answer.path("calls").asLong()).isEqualTo(calls);
        assertThat(answer.path("costWon").asLong()).isEqualTo(won);
    }

    @Test
    void lines_are_by_partner_operation_and_class() throws Exception {
        assertThat(get("partner=naver&from=2026-06-01", 200).path("lines"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"partner\":\"naver\",\"operation\":\"create\",\"answer\":\"limited\",\"calls\":3,\"retries\":0,"
                                + "\"bytesOut\":30,\"bytesIn\":3,\"costMilliWon\":0,\"slowestMs\":20}",
                        "{\"partner\":\"naver\",\"operation\":\"create\",\"answer\":\"ok\",\"calls\":12,\"retries\":1,"
                                + "\"bytesOut\":120,\"bytesIn\":1200,\"costMilliWon\":18001,\"slowestMs\":400}",
                        "{\"partner\":\"naver\",\"operation\":\"read\",\"answer\":\"ok\",\"calls\":4,\"retries\":0,"
                                + "\"bytesOut\":0,\"bytesIn\":3,\"costMilliWon\":0,\"slowestMs\":20}");
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday, from is neither a day",
        "to=2026-06-31, to is neither a day",
        "from=2026-06-01T00:00:00, from is neither",
        "from=2026-06-03, is no span",
        "from=2020-01-01, at most 400 days"
    })
    void what_is_no_span_is_refused_with_what_is(String query, String why) throws Exception {
        assertThat(get(query, 400).path("why").asText()).contains(why);
    }

    @Test
    void console_shows_a_row_a_partner_with_every_class() {
        CallSpan today = CallSpan.today(NOW);
        CallsView view = CallsView.of(sums.of(Optional.empty(), today.from(), today.to()));

        assertThat(view.rows())
                .extracting(row -> row.partner() + " " + row.byKind() + " " + row.costWon())
                .containsExactly(
                        "coupang {ok=0, final=0, credentials=0, limited=0, retry=0, unknown=5} 0",
                        "naver {ok=6, final=0, credentials=0, limited=3, retry=0, unknown=0} 4");
    }

    @Test
    void contract_names_every_parameter_and_field_and_no_other() throws Exception {
        JsonNode contract = contract();
        JsonNode answer = get("from=2026-06-01", 200);

        assertThat(names(contract, "Calls")).containsExactlyElementsOf(fields(answer));
        assertThat(names(contract, "CallLine"))
                .containsExactlyElementsOf(fields(answer.path("lines").path(0)));
        assertThat(contract.path("paths").path(CallsApi.PATH).path("get").path("parameters"))
                .extracting(one -> one.path("name").asText())
                .containsExactly("partner", "from", "to");
    }

    private static List<String> names(JsonNode contract, String schema) {
        return fields(contract.path("components").path("schemas").path(schema).path("properties"));
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static JsonNode contract() throws IOException {
        try (InputStream file = CallsApiTest.class.getResourceAsStream("/static" + ProductsApi.CONTRACT)) {
            return JSON.valueToTree(new Yaml().load(Objects.requireNonNull(file)));
        }
    }

    private static JsonNode get(String query, int status) throws Exception {
        MockHttpServletResponse answer = http.perform(
                        MockMvcRequestBuilders.get(java.net.URI.create(CallsApi.PATH + "?" + query)))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(status);
        return JSON.readTree(answer.getContentAsString(StandardCharsets.UTF_8));
    }
}
