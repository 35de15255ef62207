package hub.catalog.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hub.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a search finds, compared with what a plain reading of every row finds. */
class ProductSearchTest {

    private static final DataSource DATABASE = TestDatabase.fresh();

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final ProductSearch search = new ProductSearch(DATABASE, new SearchOptions(Duration.ofSeconds(1)));

    /** 400 products, 50 of one time, some without a cost, every fifth with a second option. */
    @BeforeEach
    void fill() {
        jdbc.execute("truncate product, product_stock, product_name");
        jdbc.execute("""
                insert into product (supplier, sku, state, name, category, content, content_hash, created_at)
                select (array['acme', 'o''neil'])[n % 2 + 1], 'W' || n, (array['active', 'soldout', 'held', 'ended'])[n % 4 + 1],
                  w[n % 7 + 1] || ' ' || n, 'C' || n % 3, '{}', '', timestamptz '2026-01-01' + n / 50 * interval '1 minute'
                from generate_series(1, 400) n,
                  string_to_array('반팔티셔츠,24" 모니터,100% 면,a_b,back\\slash,Łódź LED,it''s', ',') w
                """);
        jdbc.execute("""
                insert into product_stock (supplier, sku, option_key, cost_won, stock)
                select supplier, sku, o, case o when '' then 1 + substr(sku, 2)::int % 40 * 100 else 1 + substr(sku, 2)::int % 7 * 500 end, 1
                from product, unnest(array['', 'red']) o
                where substr(sku, 2)::int % 10 > 0 and (o = '' or substr(sku, 2)::int % 5 = 0)
                """);
        jdbc.execute("insert into product_name select supplier, sku, name from product");
    }

    @Test
    void whatever_is_asked_is_answered_as_by_reading_every_row() {
        Random random = new Random(7);
        List<Found> all = everything();
        assertThat(all).hasSize(400);
        for (int asked = 0; asked < 250; asked++) {
            Map<String, String> given = new TreeMap<>();
            maybe(random, given, "supplier", "acme", "o'neil", "nobody");
            maybe(random, given, "category", "C0", "C1", "%");
            maybe(random, given, "status", "active", "held", "ended");
            maybe(random, given, "price_min", "0", "1", "1001", "999999999999999");
            maybe(random, given, "price_max", "0", "1", "2501", "999999999999999");
            maybe(random, given, "q", "티셔", "led", "ŁÓD", "24\" ", "0%", "a_", "k\\s", "'s", "%%", "티셔츠 1");
            maybe(random, given, "sort", "newest", "price", "price_desc");
            if (number(given, "price_min", 0) > number(given, "price_max", Long.MAX_VALUE)) {
                continue;
            }

            assertThat(walk(given, 7))
                    .as(given.toString())
                    .containsExactlyElementsOf(all.stream()
                            .filter(one -> fits(one, given))
                            .sorted(order(given))
                            .map(Found::sku)
                            .toList());
        }
    }

    @Test
    void newest_first_neither_loses_nor_repeats_a_product_while_all_of_them_change() {
        List<String> before = walk(Map.of(), 500);
        Map<String, List<String>> given = new TreeMap<>(Map.of("limit", List.of("17")));
        List<String> seen = new ArrayList<>();
        FoundPage page = search.find(given);
        for (int round = 0; page.next() != null; round++) {
            page.items().forEach(one -> seen.add(one.sku()));
            jdbc.update("update product set name = name || '!', state = 'soldout', changed_at = now()");
            jdbc.update("update product_stock set cost_won = cost_won + 13");
            jdbc.update(
                    "insert into product (supplier, sku, state, name, content, content_hash)"
                            + " values ('acme', ?, 'active', 'new', '{}', '')",
                    "N" + round);
            given.put("after", List.of(page.next()));
            page = search.find(given);
        }
        page.items().forEach(one -> seen.add(one.sku()));

        assertThat(seen).isEqualTo(before);
    }

    @Test
    void search_that_takes_too_long_is_stopped_in_postgres() throws Exception {
        try (Connection other = DATABASE.getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table product in access exclusive mode");

            assertThatThrownBy(() -> search.find(Map.of("limit", List.of("1"))))
                    .isInstanceOf(QueryTimeoutException.class);
            assertThat(jdbc.queryForObject(
                            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
                            Long.class))
                    .isZero();
            other.rollback();
        }
        assertThat(search.find(Map.of("limit", List.of("1"))).items()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "",
                "bmV3ZXN0",
                "bmV3ZXN0Cnllc3RlcmRheQphY21lClcx",
                "%00",
                "bmV3ZXN0CjIwMjYKYQpi",
                "bmV3ZXN0CiszMDAwMDAtMDEtMDFUMDA6MDA6MDBaCmEKYg"
            })
    void mark_that_is_none_is_refused(String after) {
        assertThatThrownBy(() -> search.find(Map.of("limit", List.of("1"), "after", List.of(after))))
                .isInstanceOf(SearchRefusedException.class)
                .hasMessage(
                        "after: it is no mark of a page; take next of the page before as it is, or leave after away");
    }

    @Test
    void mark_of_another_order_is_refused() {
        String newest =
                String.valueOf(search.find(Map.of("limit", List.of("1"))).next());

        assertThatThrownBy(() ->
                        search.find(Map.of("limit", List.of("1"), "after", List.of(newest), "sort", List.of("price"))))
                .hasMessage("after: it belongs to sort=newest; keep sort as it was, or leave after away");
    }

    private List<String> walk(Map<String, String> given, int limit) {
        Map<String, List<String>> asked = new TreeMap<>(Map.of("limit", List.of(String.valueOf(limit))));
        given.forEach((name, value) -> asked.put(name, List.of(value)));
        List<String> skus = new ArrayList<>();
        for (String next = ""; next != null; ) {
            FoundPage page = search.find(asked);
            assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
            page.items().forEach(one -> skus.add(one.sku()));
            next = page.next();
            asked.put("after", List.of(String.valueOf(next)));
        }
        return skus;
    }

    private List<Found> everything() {
        return jdbc.query("""
                select supplier, sku, state, name, category,
                  (select min(cost_won) from product_stock s where (s.supplier, s.sku) = (p.supplier, p.sku)), created_at, changed_at
                from product p
                """, ProductSearch::found);
    }

    private static boolean fits(Found one, Map<String, String> given) {
        boolean priced = given.containsKey("price_min")
                || given.containsKey("price_max")
                || given.getOrDefault("sort", "newest").startsWith("price");
        return given.getOrDefault("supplier", one.supplier()).equals(one.supplier())
                && given.getOrDefault("category", one.category()).equals(one.category())
                && given.getOrDefault("status", one.status()).equals(one.status())
                && one.name()
                        .toLowerCase(Locale.ROOT)
                        .contains(given.getOrDefault("q", "").strip().toLowerCase(Locale.ROOT))
                && (!priced || within(one.priceWon(), given));
    }

    private static boolean within(@Nullable Long price, Map<String, String> given) {
        return price != null
                && price >= number(given, "price_min", 0)
                && price <= number(given, "price_max", Long.MAX_VALUE);
    }

    private static Comparator<Found> order(Map<String, String> given) {
        Comparator<Found> key = Comparator.comparing(Found::supplier).thenComparing(Found::sku);
        Comparator<Found> price = Comparator.<Found, Long>comparing(one -> Objects.requireNonNull(one.priceWon()));
        return switch (given.getOrDefault("sort", "newest")) {
            case "price" -> price.thenComparing(key);
            case "price_desc" -> price.thenComparing(key).reversed();
            default -> Comparator.comparing(Found::createdAt).thenComparing(key).reversed();
        };
    }

    private static long number(Map<String, String> given, String name, long otherwise) {
        return given.containsKey(name) ? Long.parseLong(given.get(name)) : otherwise;
    }

    private static void maybe(Random random, Map<String, String> given, String name, String... values) {
        if (random.nextInt(3) == 0) {
            given.put(name, values[random.nextInt(values.length)]);
        }
    }
}
