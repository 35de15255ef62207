package hub.console;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.guard.ItemHold;
import java.util.HashMap;
import java.util.Map;

/**
 * A held item as the page shows it.
 *
 * @param key what a decision about it names
 * @param option whose cost changed most; empty for a product without options, or when no option is as it was
 * @param percent by which that cost changed, rounded
 */
record HeldRow(ItemHold hold, String key, String since, String option, long wasWon, long cameWon, long percent) {

    private static final int ALL = 100;

    static HeldRow of(ItemHold hold, String since) {
        String key = hold.supplier() + "/" + hold.sku() + "/" + hold.hash();
        Map<String, Long> before = new HashMap<>();
        hold.was()
                .path("stocks")
                .forEach(stock -> before.put(
                        stock.path("key").asText(), stock.path("costWon").asLong()));
        HeldRow most = new HeldRow(hold, key, since, "", least(hold.was()), least(hold.offered()), 0);
        most = most.with("", most.wasWon, most.cameWon);
        boolean compared = false;
        for (JsonNode stock : hold.offered().path("stocks")) {
            Long was = before.get(stock.path("key").asText());
            if (was != null) {
                HeldRow row = most.with(
                        stock.path("key").asText(), was, stock.path("costWon").asLong());
                most = !compared || Math.abs(row.percent) > Math.abs(most.percent) ? row : most;
                compared = true;
            }
        }
        return most;
    }

    private HeldRow with(String optionKey, long was, long came) {
        long change = was == 0 ? 0 : Math.round((came - was) * (double) ALL / was);
        return new HeldRow(hold, key, since, optionKey, was, came, change);
    }

    private static long least(JsonNode product) {
        long least = 0;
        for (JsonNode stock : product.path("stocks")) {
            long won = stock.path("costWon").asLong();
            least = least == 0 ? won : Math.min(least, won);
        }
        return least;
    }
}
