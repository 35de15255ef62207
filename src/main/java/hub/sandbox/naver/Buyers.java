package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * People who order what is on sale, at a steady average rate and at random times.
 *
 * <p>What they buy depends on the seed and the number of the order alone. Nobody waits for goods: while nothing is on
 * sale no order is due, and none is made up for later.
 */
final class Buyers {

    /** Of 100 buyers, how many move before the order is acknowledged, and how many regret it afterwards. */
    private static final int MOVING = 4;

    private static final int REGRETTING = 2;
    private static final Duration TO_MOVE = Duration.ofMinutes(10);
    private static final int MAX_PIECES = 3;
    private static final int SHIPPING_DAYS = 3;

    private final SandboxOptions options;
    private final SandboxClock clock;
    private final Shelf shelf;
    private final OrderBook orders;
    private @Nullable Instant nextAt;
    private SplittableRandom pace;

    Buyers(SandboxOptions options, SandboxClock clock, Shelf shelf, OrderBook orders) {
        this.options = options;
        this.clock = clock;
        this.shelf = shelf;
        this.orders = orders;
        this.pace = new SplittableRandom(options.seed());
    }

    void run(Instant now) {
        if (options.ordersPerHour() == 0) {
            return;
        }
        while (true) {
            Instant due = nextAt;
            if (due != null && due.isAfter(now)) {
                return;
            }
            boolean sold = due == null ? shelf.onSale().findAny().isPresent() : order(now);
            if (!sold) {
                nextAt = null;
                return;
            }
            nextAt = (due == null ? now : due).plus(pause());
        }
    }

    /** Exponential, so that orders come as a Poisson process. */
    private Duration pause() {
        double hours = -Math.log(1 - pace.nextDouble()) / options.ordersPerHour();
        return clock.real(Duration.ofNanos((long) (hours * Duration.ofHours(1).toNanos())));
    }

    private boolean order(Instant now) {
        List<Product> goods = new ArrayList<>(shelf.onSale().toList());
        if (goods.isEmpty()) {
            return false;
        }
        String orderId = orders.nextNumber(now);
        SplittableRandom random = new SplittableRandom(options.seed() * 31 + Long.parseLong(orderId));
        List<Purchase> basket = new ArrayList<>();
        int things = random.nextInt(5) == 0 ? 2 : 1;
        while (basket.size() < things && !goods.isEmpty()) {
            Product product = goods.remove(random.nextInt(goods.size()));
            pick(product, random, basket);
        }
        place(orderId, basket, random, now);
        return true;
    }

    private static void pick(Product product, SplittableRandom random, List<Purchase> basket) {
        List<ObjectNode> choices = product.options().stream()
                .filter(option -> option.path("usable").asBoolean(true))
                .filter(option -> option.path("stockQuantity").asInt() > 0)
                .toList();
        if (product.options().isEmpty()) {
            basket.add(new Purchase(product, null, pieces(product.stock(), random)));
        } else if (!choices.isEmpty()) {
            ObjectNode option = choices.get(random.nextInt(choices.size()));
            basket.add(new Purchase(
                    product, option, pieces(option.path("stockQuantity").asInt(), random)));
        }
    }

    private static int pieces(int stock, SplittableRandom random) {
        return Math.min(stock, random.nextInt(1, MAX_PIECES + 1));
    }

    private void place(String orderId, List<Purchase> basket, SplittableRandom random, Instant now) {
        Person buyer = Person.of(random);
        boolean moving = random.nextInt(100) < MOVING;
        boolean regretful = !moving && random.nextInt(100) < REGRETTING;
        ObjectNode order = order(orderId, basket, buyer, now);
        for (Purchase purchase : basket) {
            purchase.take();
            shelf.put(purchase.product(), now);
            ProductOrder placed = ProductOrder.paid(order.deepCopy(), bought(purchase, buyer, now), now);
            placed.regretful(regretful);
            if (moving) {
                placed.next(Course.MOVE, now.plus(clock.real(TO_MOVE)));
            }
            orders.put(placed);
        }
    }

    private ObjectNode bought(Purchase purchase, Person buyer, Instant now) {
        ObjectNode shown = purchase.productOrder(orders.nextNumber(now), orders.nextNumber(now));
        shown.set("shippingAddress", buyer.address(buyer.name()));
        shown.set("takingAddress", buyer.address(buyer.name()));
        return shown.put("shippingMemo", "문 앞에 놓아 주세요")
                .put("shippingDueDate", Kst.end(Kst.day(now).plusDays(SHIPPING_DAYS)));
    }

    private static ObjectNode order(String orderId, List<Purchase> basket, Person buyer, Instant now) {
        long won = basket.stream()
                .mapToLong(purchase -> purchase.goodsWon() + purchase.deliveryWon())
                .sum();
        return JsonNodeFactory.instance
                .objectNode()
                .put("orderId", orderId)
                .put("orderDate", Kst.text(now))
                .put("paymentDate", Kst.text(now))
                .put("ordererId", "abcd****")
                .put("ordererNo", "1" + orderId.substring(8))
                .put("ordererName", buyer.name())
                .put("ordererTel", buyer.telephone())
                .put("paymentMeans", "신용카드")
                .put("payLocationType", "MOBILE")
                .put("generalPaymentAmount", won)
                .put("naverMileagePaymentAmount", 0)
                .put("chargeAmountPaymentAmount", 0)
                .put("checkoutAccumulationPaymentAmount", 0)
                .put("payLaterPaymentAmount", 0)
                .put("orderDiscountAmount", 0)
                .put("isDeliveryMemoParticularInput", "false")
                .put("isMembershipSubscribed", false);
    }
}
