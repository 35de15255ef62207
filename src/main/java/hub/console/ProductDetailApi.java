package hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import hub.cache.CachedCalls;
import hub.console.ProductsApi.Refusal;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/products/{supplier}/{sku}}: one product as its supplier shows it, read there by the route
 * {@code <supplier>-detail} and kept as {@code hub.cache.kinds.product-info} says. {@code Age} says how many seconds
 * ago.
 *
 * <p>Errors: 404 the supplier has no such route or no such product, 503 it cannot be asked now.
 */
@RestController
class ProductDetailApi {

    private static final String KIND = "product-info";
    private static final int LONGEST_SKU = 100;

    private final CachedCalls calls;
    private final CamelContext camel;

    ProductDetailApi(CachedCalls calls, CamelContext camel) {
        this.calls = calls;
        this.camel = camel;
    }

    @GetMapping(ProductsApi.PATH + "/{supplier}/{sku}")
    ResponseEntity<Object> product(@PathVariable String supplier, @PathVariable String sku) {
        String route = supplier + "-detail";
        String what = supplier + "/" + sku;
        if (camel.getRoute(route) == null || sku.length() > LONGEST_SKU) {
            return refused(
                    HttpStatus.NOT_FOUND,
                    new Refusal(
                            supplier,
                            "no route " + route + " reads its products one by one",
                            "find it with GET /api/products?supplier=, or add such a route from template supplier-detail"));
        }
        CachedCalls.Result found = calls.ask(KIND, route, List.of(), new TextNode(sku));
        JsonNode call = found.document();
        return switch (call.path("outcome").asText()) {
            case "ok" ->
                ResponseEntity.ok()
                        .header("Age", Long.toString(found.age().toSeconds()))
                        .header("Cache-Status", "hub; detail=" + found.source())
                        .body(call.path("result"));
            case "final" ->
                refused(
                        HttpStatus.NOT_FOUND,
                        new Refusal(what, call.path("reason").asText(), "look whether the supplier still offers it"));
            default ->
                refused(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        new Refusal(what, call.path("reason").asText(), "ask again in a minute; /doctor knows more"));
        };
    }

    @ExceptionHandler
    ResponseEntity<Object> failed(CamelExecutionException e) {
        return refused(
                HttpStatus.SERVICE_UNAVAILABLE,
                new Refusal("product", "its route failed: " + e.getCause(), "see the log; ask again in a minute"));
    }

    private static ResponseEntity<Object> refused(HttpStatus status, Refusal refusal) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header("Retry-After", Long.toString(Duration.ofMinutes(1).toSeconds()));
        }
        return answer.body(refusal);
    }
}
