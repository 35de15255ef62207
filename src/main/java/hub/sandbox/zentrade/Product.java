package hub.sandbox.zentrade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Goods;
import java.time.LocalDate;

/**
 * One product as it stands now.
 *
 * @param won supply price of the product without options, or of the cheapest option
 */
record Product(Goods goods, long won, boolean soldOut) {

    /** The code of the first product. */
    static final long FIRST = 990_001;

    private static final LocalDate FIRST_OPENED = LocalDate.of(2024, 1, 1);
    private static final int DAYS = 780;

    static Product drawn(long seed, int number) {
        Goods goods = Goods.of(seed, "zentrade", number);
        return new Product(goods, goods.won(), goods.soldOut());
    }

    Product with(JsonNode changes) {
        return new Product(
                goods, changes.path("won").asLong(), changes.path("soldOut").asBoolean());
    }

    ObjectNode changes() {
        return JsonNodeFactory.instance.objectNode().put("won", won).put("soldOut", soldOut);
    }

    long code() {
        return FIRST + goods.number();
    }

    /** Whether it can be ordered with this text; with an empty one only when there is nothing to choose. */
    boolean offers(String option) {
        return goods.options().isEmpty()
                ? option.isEmpty()
                : goods.options().stream().anyMatch(choice -> choice.value().equals(option));
    }

    /** The price shown to consumers; 0 where the supplier names none. */
    long consumerWon() {
        return goods.number() % 3 == 0 ? 0 : won * 3 / 2;
    }

    /** The day it was opened as a new product, which no later change moves. */
    LocalDate opened() {
        return FIRST_OPENED.plusDays(Math.floorMod(goods.number() * 37L, DAYS));
    }
}
