package hub.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.cache.Answer;
import hub.cache.AnswerCache;
import hub.cache.Cached;
import hub.cache.Caches;
import hub.catalog.search.FoundPage;
import hub.catalog.search.ProductSearch;
import hub.catalog.search.SearchRefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/products}: finds products; {@link #CONTRACT} describes it. {@code Age} says how many seconds ago the
 * page was read, {@code Cache-Status} where it comes from (RFC 9111 and 9211).
 */
@RestController
class ProductsApi {

    static final String PATH = "/api/products";

    /** The OpenAPI file, a static one. */
    static final String CONTRACT = "/api/openapi.yaml";

    private static final String KIND = "product-search";

    private final ProductSearch products;
    private final AnswerCache cache;
    private final AskedSearches asked;
    private final ObjectMapper json;

    ProductsApi(ProductSearch products, Caches caches, AskedSearches asked, ObjectMapper json) {
        this.products = products;
        this.asked = asked;
        this.cache = caches.of(KIND);
        this.json = json;
    }

    @GetMapping(PATH)
    ResponseEntity<byte[]> find(@RequestParam MultiValueMap<String, String> given) {
        Cached page = page(key(given), given);
        asked.count(key(given));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Age", Long.toString(page.age().toSeconds()))
                .header("Cache-Status", "hub; detail=" + page.source().name().toLowerCase(Locale.ROOT))
                .body(page.body());
    }

    /**
     * Finds what is asked often before anybody asks.
     *
     * @param search as {@link AskedSearches} counted it
     */
    void warm(String search) {
        try {
            page(search, json.readValue(search, new TypeReference<Map<String, List<String>>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a search that was counted is no JSON", e);
        }
    }

    private Cached page(String key, Map<String, List<String>> given) {
        return cache.get(key, ProductSearch.tags(given), () -> read(given));
    }

    /** The same whatever the order of the parameters; each is there once, or the question is refused. */
    private String key(Map<String, List<String>> given) {
        return text(new TreeMap<>(given));
    }

    private Answer read(Map<String, List<String>> given) {
        FoundPage page = products.find(given);
        return new Answer(
                text(page).getBytes(StandardCharsets.UTF_8), page.items().isEmpty());
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a page of products cannot be written as JSON", e);
        }
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.BAD_REQUEST)
    Refusal refused(SearchRefusedException e) {
        return new Refusal(e.what(), e.why(), e.remedy());
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.SERVICE_UNAVAILABLE)
    Refusal unanswered(DataAccessException e) {
        return new Refusal(
                "search", "Postgres did not answer in time", "ask again, or narrow it by supplier, category or q");
    }

    /** Why something is not answered, and what to do. */
    record Refusal(String what, String why, String remedy) {}
}
