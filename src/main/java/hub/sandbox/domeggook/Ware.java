package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Goods;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One item as it stands now.
 *
 * @param won price of one piece, without the addition of an option
 * @param ended whether its selling period is over
 * @param stock pieces by option in the order of the options; one number when there are none
 */
record Ware(Goods goods, Traits traits, long won, boolean ended, List<Integer> stock) {

    /** The number of the first item. */
    static final long FIRST = 59_900_001;

    /** From how many pieces on the price of an item with tiers is lower. */
    static final int TIER_FROM = 20;

    /**
     * What does not change.
     *
     * @param vendor seller, from 1 on
     * @param who who pays for delivery: S seller, B buyer, P prepaid, C collect
     * @param feeWon delivery fee
     * @param unit pieces that 도매꾹 sells at least and in steps of
     * @param draw for whatever else has to differ from item to item
     */
    record Traits(
            int vendor,
            String who,
            long feeWon,
            int unit,
            boolean supplyTiers,
            boolean domeTiers,
            boolean dome,
            boolean licensed,
            int draw) {

        static Traits of(long seed, int number) {
            SplittableRandom random = new SplittableRandom(seed * 31 + number);
            return new Traits(
                    random.nextInt(1, 41),
                    List.of("S", "P", "P", "P", "B", "C").get(random.nextInt(6)),
                    500L * random.nextInt(5, 9),
                    random.nextInt(25) == 0 ? 2 : 1,
                    random.nextInt(8) == 0,
                    random.nextInt(3) == 0,
                    random.nextInt(12) > 0,
                    random.nextInt(15) > 0,
                    random.nextInt(1000));
        }
    }

    /** The item as the catalogue was drawn, before anything changed: on sale. */
    static Ware drawn(long seed, int number) {
        Goods goods = Goods.of(seed, "domeggook", number);
        Traits traits = Traits.of(seed, number);
        List<Integer> stock = new ArrayList<>();
        goods.options().forEach(option -> stock.add(option.stock()));
        if (stock.stream().allMatch(pieces -> pieces == 0)) {
            stock.add(0, 5 + Math.max(goods.stock(), traits.draw() % 495));
        }
        int choices = Math.max(goods.options().size(), 1);
        return new Ware(goods, traits, goods.won(), false, List.copyOf(stock.subList(0, choices)));
    }

    /** An item that was ended, or sold out, before the catalogue was drawn; which of the two goes by its number. */
    static Ware gone(long seed, int number) {
        Ware drawn = drawn(seed, number);
        return number % 2 == 0
                ? drawn.withEnded(true)
                : drawn.withStock(Collections.nCopies(drawn.stock().size(), 0));
    }

    /** The item with what has changed since, as {@link #changes()} wrote it. */
    Ware with(JsonNode changes) {
        List<Integer> left = new ArrayList<>();
        changes.path("stock").forEach(pieces -> left.add(pieces.asInt()));
        return new Ware(
                goods,
                traits,
                changes.path("won").asLong(),
                changes.path("ended").asBoolean(),
                List.copyOf(left));
    }

    ObjectNode changes() {
        ObjectNode changes = Loose.object().put("won", won).put("ended", ended);
        ArrayNode left = changes.putArray("stock");
        stock.forEach(left::add);
        return changes;
    }

    Ware withWon(long price) {
        return new Ware(goods, traits, price, ended, stock);
    }

    Ware withEnded(boolean now) {
        return new Ware(goods, traits, won, now, stock);
    }

    Ware withStock(List<Integer> left) {
        return new Ware(goods, traits, won, ended, List.copyOf(left));
    }

    long no() {
        return FIRST + goods.number();
    }

    long inventory() {
        return stock.stream().mapToLong(Integer::longValue).sum();
    }

    boolean onSale() {
        return !ended && inventory() > 0;
    }

    String status() {
        if (ended) {
            return "기간종료";
        }
        return inventory() > 0 ? "판매중" : "판매종료";
    }

    String sellerId() {
        return String.format(Locale.ROOT, "vendor%02d", traits.vendor());
    }

    String sellerNick() {
        return goods.maker() + traits.vendor();
    }

    /** The price of one of {@code pieces} pieces, by the tiers of the market if it has any. */
    long wonFor(int pieces, boolean supply) {
        return tiers(supply) && pieces >= TIER_FROM ? tierWon() : won;
    }

    boolean tiers(boolean supply) {
        return supply ? traits.supplyTiers() : traits.domeTiers();
    }

    /** The lower price, 4 % off, rounded down to 10 won. */
    long tierWon() {
        return won * 96 / 1000 * 10;
    }
}
