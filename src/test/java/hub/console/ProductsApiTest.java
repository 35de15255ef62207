package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hub.TestDatabase;
import hub.TestRedis;
import hub.cache.Caches;
import hub.cache.TestCaches;
import hub.catalog.search.ProductSearch;
import hub.catalog.search.SearchOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.json.MappingJackson2HttpMessageConverter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.yaml.snakeyaml.Yaml;

/** {@code GET /api/products} over a real Postgres, and the OpenAPI file that promises it. */
class ProductsApiTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @SuppressWarnings("NullAway.Init")
    private static MockMvc http;

    @SuppressWarnings("NullAway.Init")
    private static JsonNode contract;

    @BeforeAll
    static void open() throws IOException {
        DataSource database = TestDatabase.fresh();
        new JdbcTemplate(database).execute("""
                insert into product (supplier, sku, state, name, category, content, content_hash)
                select 'acme', 'W' || n, 'active', '반팔티셔츠 ' || n, 'C', '{}', '' from generate_series(1, 3) n;
                insert into product_stock (supplier, sku, option_key, cost_won, stock) values ('acme', 'W1', '', 8000, 1);
                insert into product_name select supplier, sku, name from product
                """);
        Caches caches = TestCaches.open(TestRedis.fresh(), "product-search");
        http = MockMvcBuilders.standaloneSetup(new ProductsApi(
                        new ProductSearch(database, new SearchOptions(Duration.ofSeconds(3))),
                        caches,
                        new AskedSearches(TestRedis.fresh()),
                        JSON))
                .setMessageConverters(
                        new ByteArrayHttpMessageConverter(), new MappingJackson2HttpMessageConverter(JSON))
                .build();
        try (InputStream file = ProductsApiTest.class.getResourceAsStream("/static" + ProductsApi.CONTRACT)) {
            contract = JSON.valueToTree(new Yaml().load(Objects.requireNonNull(file)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit               |                  | limit                    | it is missing
            limit               | 0                | limit=0                  | allowed are 1 to 500
            limit               | 501              | limit=501                | allowed are 1 to 500
            limit               | ten              | limit=ten                | allowed are 1 to 500
            limit               | -1               | limit=-1                 | allowed are 1 to 500
            limit               | ５               | limit=５                 | allowed are 1 to 500
            catgory             | C                | parameter catgory        | there is none of this name
            price_min           | -1               | price_min=-1             | a price is whole won, 0 or more, 15 digits at most
            price_max           | 1e3              | price_max=1e3            | a price is whole won, 0 or more, 15 digits at most
            price_max           | 1000000000000000 | price_max=1000000000000000 | a price is whole won, 0 or more, 15 digits at most
            status              | activ            | status=activ             | allowed are active, soldout, held, ended
            sort                | name             | sort=name                | allowed are newest, price, price_desc
            q                   | x                | q                        | it has fewer than 2 characters
            """)
    void what_cannot_be_answered_is_refused_with_what_and_why(
            String name, @Nullable String value, String what, String why) throws Exception {
        MockHttpServletRequestBuilder request = get();
        if (value != null) {
            request.param(name, value);
        }
        if (!name.equals("limit")) {
            request.param("limit", "10");
        }

        JsonNode refusal = answer(request, 400);

        assertThat(refusal.path("what").asText()).isEqualTo(what);
        assertThat(refusal.path("why").asText()).isEqualTo(why);
        assertThat(refusal.path("remedy").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "catgory,category",
        "price-min,price_min",
        "pricemax,price_max",
        "stats,status",
        "Limit,limit",
        "AFTER,after"
    })
    void unknown_name_is_answered_with_all_names_and_the_nearest(String given, String nearest) throws Exception {
        String remedy = answer(get().param("limit", "1").param(given, "1"), 400)
                .path("remedy")
                .asText();

        assertThat(remedy)
                .isEqualTo("did you mean " + nearest
                        + "? There are supplier, category, status, price_min, price_max, q, sort, after, limit");
    }

    @Test
    void parameter_that_is_given_twice_and_a_range_that_is_none_are_refused() throws Exception {
        assertThat(answer(get().param("limit", "1", "2"), 400).path("why").asText())
                .isEqualTo("it is given 2 times");
        assertThat(answer(get().param("limit", "1").param("price_min", "2").param("price_max", "1"), 400)
                        .path("why")
                        .asText())
                .isEqualTo("it is below price_min=2");
    }

    @Test
    void zero_is_a_value() throws Exception {
        assertThat(skus(get().param("limit", "9").param("price_min", "0"))).containsExactly("W1");
        assertThat(skus(get().param("limit", "9").param("price_max", "0"))).isEmpty();
        assertThat(skus(get().param("limit", "9"))).containsExactly("W3", "W2", "W1");
    }

    @Test
    void contract_names_every_parameter_and_field_and_no_other() throws Exception {
        assertThat(names(parameters(), "name")).containsExactlyElementsOf(ProductSearch.PARAMETERS);
        assertThat(parameters().findValuesAsText("required")).hasSize(1);

        JsonNode page = answer(get().param("limit", "1").param("q", "티셔"), 200);
        assertSchema("Page", page);
        assertSchema("Product", page.path("items").path(0));
        assertSchema("Refusal", answer(get(), 400));
        assertThat(Instant.parse(page.path("items").path(0).path("createdAt").asText()))
                .isBefore(Instant.now().plusSeconds(60));
    }

    @Test
    void contract_states_the_bounds_that_hold() throws Exception {
        for (JsonNode parameter : parameters()) {
            String name = parameter.path("name").asText();
            JsonNode schema = parameter.path("schema");
            for (JsonNode allowed : schema.path("enum")) {
                assertAnswer(name, allowed.asText(), 200);
                assertAnswer(name, allowed.asText() + "x", 400);
            }
            if (schema.has("minimum")) {
                assertAnswer(name, schema.path("minimum").asText(), 200);
                assertAnswer(name, String.valueOf(schema.path("minimum").asLong() - 1), 400);
            }
            if (schema.has("maximum")) {
                assertAnswer(name, schema.path("maximum").asText(), 200);
                assertAnswer(name, String.valueOf(schema.path("maximum").asLong() + 1), 400);
            }
            if (schema.has("minLength")) {
                assertAnswer(name, "한".repeat(schema.path("minLength").asInt()), 200);
                assertAnswer(name, "한".repeat(schema.path("minLength").asInt() - 1), 400);
            }
            if (schema.has("maxLength")) {
                assertAnswer(name, "한".repeat(schema.path("maxLength").asInt()), name.equals("after") ? 400 : 200);
                assertAnswer(name, "한".repeat(schema.path("maxLength").asInt() + 1), 400);
            }
        }
    }

    private static void assertAnswer(String name, String value, int status) throws Exception {
        MockHttpServletRequestBuilder request = get().param(name, value);
        answer(name.equals("limit") ? request : request.param("limit", "1"), status);
    }

    private static void assertSchema(String name, JsonNode answer) {
        JsonNode schema = contract.path("components").path("schemas").path(name);
        List<String> fields = new ArrayList<>();
        answer.fieldNames().forEachRemaining(fields::add);
        List<String> promised = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(promised::add);
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(field -> required.add(field.asText()));
        assertThat(fields).isEqualTo(promised).isEqualTo(required);
    }

    private static JsonNode parameters() {
        return contract.path("paths").path(ProductsApi.PATH).path("get").path("parameters");
    }

    private static List<String> skus(MockHttpServletRequestBuilder request) throws Exception {
        return names(answer(request, 200).path("items"), "sku");
    }

    private static List<String> names(JsonNode list, String field) {
        List<String> names = new ArrayList<>();
        list.forEach(one -> names.add(one.path(field).asText()));
        return names;
    }

    private static MockHttpServletRequestBuilder get() {
        return MockMvcRequestBuilders.get(ProductsApi.PATH);
    }

    private static JsonNode answer(MockHttpServletRequestBuilder request, int status) throws Exception {
        MockHttpServletResponse response = http.perform(request).andReturn().getResponse();
        String body = response.getContentAsString(StandardCharsets.UTF_8);
        assertThat(response.getStatus()).as(body).isEqualTo(status);
        return JSON.readTree(body);
    }
}
