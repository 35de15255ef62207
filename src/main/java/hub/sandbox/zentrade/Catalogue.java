package hub.sandbox.zentrade;

import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Turnover;
import java.util.Optional;
import java.util.SplittableRandom;

/** All products: drawn when asked for, with what has changed since kept in the store. Thread-safe. */
final class Catalogue {

    private static final String KIND = "product";

    private final SandboxOptions options;
    private final SandboxStore store;
    private final SplittableRandom random;
    private final Turnover turnover;

    Catalogue(SandboxOptions options, SandboxClock clock, SandboxStore store) {
        this.options = options;
        this.store = store;
        this.turnover = new Turnover(options, clock, store);
        this.random = new SplittableRandom(options.seed() ^ clock.now().toEpochMilli());
    }

    int size() {
        return options.products();
    }

    Product product(int number) {
        Product drawn = Product.drawn(options.seed(), number);
        return store.get(KIND, Long.toString(drawn.code())).map(drawn::with).orElse(drawn);
    }

    Optional<Product> find(String code) {
        if (!code.matches("\\d{1,10}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(code) - Product.FIRST;
        return number < 0 || number >= size() ? Optional.empty() : Optional.of(product((int) number));
    }

    /** Makes the changes of price and of sold out or back that are due by now. */
    synchronized void change() {
        for (int due = turnover.due(); due > 0; due--) {
            change(product(random.nextInt(size())));
        }
    }

    private void change(Product product) {
        long won = product.won();
        boolean soldOut = !product.soldOut() && random.nextInt(4) == 0;
        if (!soldOut && !product.soldOut()) {
            won = Math.max(won * random.nextInt(90, 111) / 1000 * 10, 10);
        }
        Product changed = new Product(product.goods(), won, soldOut);
        store.put(KIND, Long.toString(changed.code()), changed.changes());
    }
}
