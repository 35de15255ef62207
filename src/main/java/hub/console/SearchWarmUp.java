package hub.console;

import hub.catalog.search.SearchRefusedException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Finds the searches that were asked most before the hub says that it is ready: one after the other, with one
 * connection, for a short time. No partner is called for it.
 */
@Component
class SearchWarmUp implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SearchWarmUp.class);
    private static final int SEARCHES = 50;
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final AskedSearches asked;
    private final ProductsApi products;

    SearchWarmUp(AskedSearches asked, ProductsApi products) {
        this.asked = asked;
        this.products = products;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        int warm = warm(LONGEST);
        LOG.info("{} searches that were asked most are answered from memory", warm);
    }

    /** Answers how many were found in that time. */
    int warm(Duration within) {
        long end = System.nanoTime() + within.toNanos();
        int warm = 0;
        try {
            for (String search : asked.top(SEARCHES)) {
                if (System.nanoTime() > end) {
                    return warm;
                }
                products.warm(search);
                warm++;
            }
        } catch (DataAccessException | SearchRefusedException e) {
            LOG.info("searches are not warmed up any further: {}", e.getMessage());
        }
        return warm;
    }
}
