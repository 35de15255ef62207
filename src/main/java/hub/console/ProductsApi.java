package hub.console;

import hub.catalog.search.FoundPage;
import hub.catalog.search.ProductSearch;
import hub.catalog.search.SearchRefusedException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/products}: finds products; {@link #CONTRACT} describes it. */
@RestController
class ProductsApi {

    static final String PATH = "/api/products";

    /** The OpenAPI file, a static one. */
    static final String CONTRACT = "/api/openapi.yaml";

    private final ProductSearch products;

    ProductsApi(ProductSearch products) {
        this.products = products;
    }

    @GetMapping(PATH)
    FoundPage find(@RequestParam MultiValueMap<String, String> given) {
        return products.find(given);
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
