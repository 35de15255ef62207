package hub.catalog.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.TestDatabase;
import hub.catalog.ProductStore;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** How Postgres answers searches among 200,000 products, with bind parameters and no planner switch. */
class PlansTest {

    /** What a page may take for its sort; more is more than the page itself, which is 51 rows. */
    private static final long SORT_KB = 100;

    private static final ObjectMapper JSON = new ObjectMapper();

    @SuppressWarnings("NullAway.Init")
    private static JdbcTemplate jdbc;

    @BeforeAll
    static void fill() throws Exception {
        jdbc = new JdbcTemplate(
                new SingleConnectionDataSource(TestDatabase.fresh().getConnection(), true));
        jdbc.execute("""
                insert into product (supplier, sku, state, name, category, content, content_hash, created_at)
                select case when n % 1000 = 7 then 'small' else (array['ownerclan', 'domeggook', 'zentrade'])[n % 3 + 1] end,
                  'W' || n, case when n % 13 = 0 then 'soldout' else 'active' end,
                  w[n % 20 + 1] || ' ' || w[n / 20 % 20 + 1] || ' ' || w[n / 400 % 20 + 1] || ' ' || n, 'C' || n % 211,
                  '{}', '', timestamptz '2026-01-01' + n / 500 * interval '1 minute'
                from generate_series(1, 200000) n,
                  string_to_array('여름 반팔티셔츠 린넨 오버핏 슬랙스 청바지 운동화 슬리퍼 가죽 크로스백 텀블러 머그컵 냄비 프라이팬 도마 수저세트 선풍기 가습기 LED USB', ' ') w
                """);
        jdbc.execute("""
                insert into product_stock (supplier, sku, option_key, cost_won, stock)
                select supplier, sku, o, 1000 + abs(hashtext(sku || o)) % 90000, 5 from product, unnest(array['', 'red']) o
                where o = '' or sku like '%7'
                """);
        jdbc.execute("update product set name = '한정판 나전칠기 보석함' where sku in ('W777', 'W77777')");
        jdbc.execute("insert into product_name select supplier, sku, name from product");
        jdbc.execute("vacuum analyze product");
        jdbc.execute("vacuum analyze product_name");
        jdbc.execute("vacuum analyze product_stock");
    }

    static Stream<Arguments> searches() {
        return Stream.of(
                search("product_newest"),
                search("product_newest", "status=active"),
                search("product_category_newest", "category=C7", "status=active"),
                search("product_category_newest", "category=C7"),
                search("product_category_newest", "supplier=ownerclan", "category=C7", "status=active"),
                search("product_supplier_newest", "supplier=small"),
                search("product_stock_cost", "price_min=50000", "price_max=50050"),
                search("product_newest", "price_min=1000", "price_max=1000000"),
                search("product_newest", "price_max=80000"),
                search("product_newest", "price_min=0"),
                search("product_category_newest", "category=C7", "price_min=20000", "price_max=40000"),
                search("product_stock_cost", "sort=price"),
                search("product_stock_cost", "sort=price", "price_min=20000", "price_max=40000"),
                search("product_stock_cost", "sort=price_desc", "status=active"),
                search("product_name_text", "q=나전칠기"),
                search("product_name_text", "q=보석"),
                search("product_name_text", "q=린넨 오버핏", "sort=price"),
                search("product_name_text", "q=티셔츠"));
    }

    @ParameterizedTest
    @MethodSource("searches")
    void page_is_read_through_an_index_and_hardly_sorted(String index, Map<String, List<String>> asked) {
        Plan plan = custom(new ProductStatement(ProductQuery.read(asked)));

        assertThat(plan.wholeTables).as(plan.text).isEmpty();
        assertThat(plan.indexes).as(plan.text).contains(index);
        assertThat(plan.sortKb).as(plan.text).isLessThan(SORT_KB);
    }

    @ParameterizedTest
    @MethodSource("searches")
    void one_plan_for_all_values_reads_no_whole_table_either(String index, Map<String, List<String>> asked) {
        Plan plan = generic(new ProductStatement(ProductQuery.read(asked)));

        assertThat(plan.wholeTables).as(plan.text).isEmpty();
    }

    @Test
    void page_1000_costs_what_page_1_costs() {
        for (String sort : List.of("newest", "price", "price_desc")) {
            Map<String, List<String>> asked = asked("sort=" + sort, "limit=50");
            Plan first = custom(new ProductStatement(ProductQuery.read(asked)));
            ProductQuery query = ProductQuery.read(asked);
            List<Found> deep = jdbc.query(
                    new ProductStatement(query).sql().replace("limit ?", "offset 50000 limit 1"), ProductSearch::found);
            asked.put("after", List.of(Mark.of(query.sort(), deep.get(0)).text()));

            Plan thousandth = custom(new ProductStatement(ProductQuery.read(asked)));

            assertThat(thousandth.blocks)
                    .as(first.text + "\n" + thousandth.text)
                    .isLessThan(2 * first.blocks + 1_000);
        }
    }

    @Test
    void states_are_counted_without_the_table() {
        Plan plan = new Plan(Objects.requireNonNull(
                jdbc.queryForObject("explain (analyze, buffers, format json) " + ProductStore.COUNTS, String.class)));

        assertThat(plan.wholeTables).as(plan.text).isEmpty();
        assertThat(plan.indexes).as(plan.text).containsExactly("product_supplier_newest");
    }

    @Test
    void no_index_waits_for_a_question_that_nobody_asks() {
        assertThat(jdbc.queryForList(
                        "select indexrelid::regclass::text from pg_index where indrelid = 'product'::regclass order by 1",
                        String.class))
                .containsExactlyInAnyOrder(
                        "product_category_newest",
                        "product_detail_due",
                        "product_newest",
                        "product_pkey",
                        "product_supplier_newest");
    }

    private static Plan custom(ProductStatement statement) {
        return new Plan(Objects.requireNonNull(jdbc.queryForObject(
                "explain (analyze, buffers, format json) " + statement.sql(), String.class, statement.values())));
    }

    /** The plan of a prepared statement that knows no value. */
    private static Plan generic(ProductStatement statement) {
        String sql = statement.sql();
        List<String> values = new ArrayList<>();
        for (Object value : statement.values()) {
            values.add("'" + value + "'");
            sql = sql.replaceFirst("\\?", "\\$" + values.size());
        }
        jdbc.execute("set plan_cache_mode = force_generic_plan");
        try {
            jdbc.execute("prepare search as " + sql);
            return new Plan(Objects.requireNonNull(jdbc.queryForObject(
                    "explain (analyze, buffers, format json) execute search (" + String.join(", ", values) + ")",
                    String.class)));
        } finally {
            jdbc.execute("deallocate all");
            jdbc.execute("reset plan_cache_mode");
        }
    }

    private static Arguments search(String index, String... given) {
        return Arguments.of(index, asked(given));
    }

    private static Map<String, List<String>> asked(String... given) {
        Map<String, List<String>> asked = new TreeMap<>(Map.of("limit", List.of("50")));
        for (String one : given) {
            String[] parts = one.split("=", 2);
            asked.put(parts[0], List.of(parts[1]));
        }
        return asked;
    }

    /** What a plan read. */
    private static final class Plan {

        final String text;
        final Set<String> indexes = new TreeSet<>();
        final Set<String> wholeTables = new TreeSet<>();
        long sortKb;
        final long blocks;

        Plan(String json) {
            this.text = json;
            try {
                JsonNode plan = JSON.readTree(json).path(0).path("Plan");
                this.blocks = plan.path("Shared Hit Blocks").asLong()
                        + plan.path("Shared Read Blocks").asLong();
                read(plan);
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void read(JsonNode node) {
            if (node.has("Index Name")) {
                indexes.add(node.path("Index Name").asText());
            }
            if (node.path("Node Type").asText().equals("Seq Scan")) {
                wholeTables.add(node.path("Relation Name").asText());
            }
            sortKb = Math.max(sortKb, node.path("Sort Space Used").asLong());
            for (String sort : List.of("Full-sort Groups", "Pre-sorted Groups")) {
                sortKb = Math.max(
                        sortKb,
                        node.path(sort)
                                .path("Sort Space Memory")
                                .path("Peak Sort Space Used")
                                .asLong());
            }
            node.path("Plans").forEach(this::read);
        }
    }
}
