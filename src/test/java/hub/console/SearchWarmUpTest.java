package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import hub.TestDatabase;
import hub.TestRedis;
import hub.cache.Caches;
import hub.cache.TestCaches;
import hub.catalog.search.ProductSearch;
import hub.catalog.search.SearchOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** What a process was asked most, the next one has in its memory before anybody asks it. */
class SearchWarmUpTest {

    private static final ObjectMapper JSON =
            JsonMapper.builder().findAndAddModules().build();
    private static final Duration LONG = Duration.ofSeconds(20);

    @SuppressWarnings("NullAway.Init")
    private static DataSource database;

    private final StringRedisTemplate redis = TestRedis.fresh();
    private final List<Caches> open = new ArrayList<>();

    @BeforeAll
    static void open() {
        database = TestDatabase.fresh();
    }

    @AfterEach
    void close() {
        open.forEach(Caches::close);
    }

    /** A process with a cache and counts of its own. */
    private final class OneHub {

        private final AskedSearches asked = new AskedSearches(redis);
        private final ProductsApi api;

        OneHub() {
            Caches caches = TestCaches.open(redis, "product-search");
            open.add(caches);
            api = new ProductsApi(
                    new ProductSearch(database, new SearchOptions(Duration.ofSeconds(3))), caches, asked, JSON);
        }

        String ask(String category) {
            MultiValueMap<String, String> given = new LinkedMultiValueMap<>();
            given.add("limit", "10");
            given.add("category", category);
            return String.valueOf(api.find(given).getHeaders().getFirst("Cache-Status"));
        }
    }

    @Test
    void most_asked_searches_of_before_are_answered_from_memory_and_seldom_ones_are_not() {
        OneHub before = new OneHub();
        for (int category = 0; category < 60; category++) {
            for (int times = 0; times <= category; times++) {
                before.ask("C" + category);
            }
        }
        before.asked.save();

        OneHub after = new OneHub();
        assertThat(new SearchWarmUp(after.asked, after.api).warm(LONG)).isEqualTo(50);

        for (int category = 10; category < 60; category++) {
            assertThat(after.ask("C" + category)).isEqualTo("hub; detail=local");
        }
        assertThat(after.ask("C9")).isEqualTo("hub; detail=loaded");
    }

    @Test
    void what_was_asked_long_ago_fades_and_only_so_many_are_remembered() {
        AskedSearches asked = new AskedSearches(redis);
        asked.count("{\"old\":[]}");
        asked.count("{\"old\":[]}");
        asked.save();
        for (int minute = 0; minute < 60; minute++) {
            asked.save();
        }
        for (int i = 0; i < 300; i++) {
            asked.count("{\"new" + i + "\":[]}");
        }
        asked.save();

        assertThat(asked.top(1_000)).hasSize(200).doesNotContain("{\"old\":[]}");
        assertThat(redis.getExpire(AskedSearches.KEY)).isPositive();
    }

    @Test
    void search_that_cannot_be_read_any_more_ends_the_warm_up_and_not_the_start() {
        redis.opsForZSet().add(AskedSearches.KEY, "{\"limit\":[\"10\"],\"gone\":[\"1\"]}", 9);
        OneHub process = new OneHub();

        assertThat(new SearchWarmUp(process.asked, process.api).warm(LONG)).isZero();
        assertThat(new SearchWarmUp(process.asked, process.api).warm(Duration.ofSeconds(-1)))
                .isZero();
    }
}
