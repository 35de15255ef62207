package hub.sandbox.naver;

import hub.sandbox.SandboxStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All products of the store, kept over restarts. */
final class Shelf {

    private static final String KIND = "product";
    private static final long FIRST_PRODUCT = 9_900_000_001L;
    private static final long FIRST_OPTION = 38_000_000_001L;

    private final SandboxStore store;

    Shelf(SandboxStore store) {
        this.store = store;
    }

    Product fresh(Instant now) {
        return Product.of(store.next("product-number", FIRST_PRODUCT), now);
    }

    long nextOption() {
        return store.next("option-number", FIRST_OPTION);
    }

    Optional<Product> find(String number) {
        return store.get(KIND, number).map(Product::new);
    }

    /** @throws RefusedException if there is no such origin product */
    Product origin(Call call) {
        return find(call.id()).orElseThrow(RefusedException::noProduct);
    }

    /** @throws RefusedException if there is no such channel product */
    Product channel(Call call) {
        if (!call.id().matches("\\d{1,15}")) {
            throw RefusedException.noProduct();
        }
        long number = Long.parseLong(call.id()) - Product.CHANNEL_OFFSET;
        return find(String.valueOf(number)).orElseThrow(RefusedException::noProduct);
    }

    List<Product> all() {
        return store.all(KIND).stream().map(Product::new).toList();
    }

    Stream<Product> onSale() {
        return store.all(KIND).stream().map(Product::new).filter(Product::onSale);
    }

    void put(Product product, Instant now) {
        product.modified(now);
        store.put(KIND, String.valueOf(product.number()), product.document());
    }

    void remove(Product product) {
        store.remove(KIND, String.valueOf(product.number()));
    }
}
