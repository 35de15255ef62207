package hub;

import hub.cache.Caches;
import hub.catalog.WriteWatch;
import hub.catalog.search.ProductSearch;
import org.springframework.stereotype.Component;

/** What is written outdates the answers of {@code GET /api/products}, whose tags these are. */
@Component
class OutdatedAnswers implements WriteWatch {

    private final Caches caches;

    OutdatedAnswers(Caches caches) {
        this.caches = caches;
    }

    @Override
    public void written(String supplier) {
        caches.invalidate(ProductSearch.tag(supplier));
        caches.invalidate(ProductSearch.ALL);
    }

    @Override
    public void named() {
        caches.invalidate(ProductSearch.NAMES);
    }
}
