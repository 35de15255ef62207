package hub.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.guard.FeedGuards;
import hub.catalog.guard.GuardOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether the pages of a pull are believed. A feed that is not is held, and the page refused. */
final class FeedJudge {

    private final FeedGuards feeds;
    private final GrowthGuard growth;
    private final GuardOptions bounds;
    private final Cursors cursors;

    FeedJudge(FeedGuards feeds, GrowthGuard growth, GuardOptions bounds, Cursors cursors) {
        this.feeds = feeds;
        this.growth = growth;
        this.bounds = bounds;
        this.cursors = cursors;
    }

    /** The items of a page as it came; see {@link Pull#items}. */
    List<JsonNode> items(Pull pull, JsonNode asked, JsonNode answer, String refusal) {
        return held(pull, () -> pull.items(asked, answer, refusal));
    }

    /** A page whose items are mapped; see {@link Pull#judge}. */
    List<Product> mapped(Pull pull, JsonNode asked, JsonNode answer, List<String> same, List<Product> products) {
        int size = answer.path("items").size();
        List<String> skus = new ArrayList<>(same);
        products.forEach(product -> skus.add(product.sku()));
        held(
                pull,
                () -> pull.judge(
                        asked, size, size - skus.size(), bounds.unmappable(size), skus, bounds.repeated(size)));
        return products;
    }

    /** A pull whose last page is stored. */
    void all(Pull pull, JsonNode answer) {
        held(pull, () -> pull.believeAll(answer));
    }

    /** A pull that has more pages. */
    void more(Pull pull, JsonNode asked, Growth grown) {
        held(pull, () -> pull.doubt(asked, grown.doubtOfMore()));
    }

    private void held(Pull pull, Runnable look) {
        held(pull, () -> {
            look.run();
            return pull;
        });
    }

    private <T> T held(Pull pull, Supplier<T> look) {
        try {
            return look.get();
        } catch (PageRefusedException e) {
            if (e.doubt().isEmpty() && pull.isWhereItWentOn()) {
                pull.beginAnew();
            }
            e.doubt().ifPresent(doubt -> {
                feeds.hold(pull.supplier(), doubt);
                growth.refused(pull.supplier(), doubt);
                if (doubt.guard().isOfTheWhole() && pull.range() == null) {
                    pull.beginAnew();
                    Bookmark.of(pull.supplier(), cursors).closed().commit();
                }
            });
            throw e;
        }
    }
}
