package hub.sandbox.coupang;

import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.coupang.Box.Line;
import hub.sandbox.coupang.Box.Person;
import hub.sandbox.coupang.Box.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * People who buy what is approved, on sale and in stock, at random times; nobody buys while there is nothing.
 *
 * <p>Order after order is drawn from the seed, so that the same shop gets the same orders. Not thread-safe.
 */
final class Buyers {

    private static final List<String> NAMES =
            List.of("김가상", "이예시", "박시험", "최견본", "정모의", "강보기", "조연습", "윤가명", "장본보기", "임시안");
    private static final List<String> CITIES = List.of("경기도 가상시", "서울특별시 예시구", "부산광역시 견본구", "강원도 모의군");
    private static final List<String> STREETS = List.of("예시로", "가상길", "시험대로", "연습로");
    private static final List<String> MEMOS = List.of("문 앞", "경비실에 맡겨주세요", "부재 시 연락주세요", "");
    /** Milliseconds of one hour. */
    private static final double HOUR = Duration.ofHours(1).toMillis();

    private final Listings listings;
    private final Orders orders;
    private final SandboxClock clock;
    private final double perHour;
    private final long seed;
    private final SplittableRandom arrivals;
    private Instant seenAt;
    private double hoursToNext;

    Buyers(Listings listings, Orders orders, SandboxOptions options, SandboxClock clock) {
        this.listings = listings;
        this.orders = orders;
        this.clock = clock;
        this.perHour = options.ordersPerHour();
        this.seed = options.seed();
        this.arrivals = new SplittableRandom(seed);
        this.seenAt = clock.now();
        this.hoursToNext = gap();
    }

    /** Lets buy who came since the last time. */
    void tick(Instant now) {
        hoursToNext -= Duration.between(seenAt, now).toMillis() * clock.pace() / HOUR;
        seenAt = now;
        while (hoursToNext <= 0) {
            hoursToNext += gap();
            List<VendorItem> sellable = listings.sellable();
            if (!sellable.isEmpty()) {
                buy(sellable, now.toEpochMilli());
            }
        }
    }

    /** Simulated hours between two orders: exponential, which makes the number of orders an hour Poisson. */
    private double gap() {
        return perHour == 0 ? Double.POSITIVE_INFINITY : -Math.log(1 - arrivals.nextDouble()) / perHour;
    }

    private void buy(List<VendorItem> sellable, long at) {
        long order = orders.nextOrder();
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + order);
        VendorItem item = sellable.get(random.nextInt(sellable.size()));
        List<Line> lines = new ArrayList<>();
        lines.add(take(item, 1 + random.nextInt(3)));
        if (random.nextInt(10) == 0) {
            sellable.stream()
                    .filter(other -> other.sellerProductId == item.sellerProductId && other.id != item.id)
                    .findFirst()
                    .ifPresent(other -> lines.add(take(other, 1)));
        }
        Box box = box(order, at, random);
        box.lines = lines;
        if (random.nextInt(20) == 0) {
            place(rest(box, random));
        }
        place(box);
    }

    private void place(Box box) {
        box.move(Status.ACCEPT, box.placedAt);
        orders.plan(box, box.placedAt);
        if (box.lines.stream().anyMatch(line -> line.count > 0)) {
            orders.keep(box);
        }
    }

    /** What comes in a second box: the second option, or all but one piece of the only one. May be empty. */
    private Box rest(Box box, SplittableRandom random) {
        Box rest = box(box.orderId, box.placedAt, random);
        rest.orderer = box.orderer;
        rest.receiver = box.receiver;
        rest.memo = box.memo;
        rest.paymentId = box.paymentId;
        if (box.lines.size() > 1) {
            rest.lines.add(box.lines.remove(1));
        } else {
            Line line = box.lines.get(0);
            Line second = copy(line);
            second.count = line.count - 1;
            line.count = 1;
            rest.lines.add(second);
        }
        return rest;
    }

    private Box box(long order, long at, SplittableRandom random) {
        Box box = new Box();
        box.id = orders.nextBox();
        box.orderId = order;
        box.paymentId = orders.nextPayment();
        box.placedAt = at;
        box.orderer = person(random);
        box.receiver = random.nextInt(10) == 0 ? person(random) : box.orderer;
        box.memo = pick(MEMOS, random);
        box.offset = random.nextInt(3) == 0 ? -8 : 9;
        box.mood = mood(random.nextInt(1_000));
        return box;
    }

    /** In 1,000: 10 cancel early, 40 move, 25 stop the shipment (5 of them take it back), 15 send back. */
    private static Mood mood(int draw) {
        if (draw < 10) {
            return Mood.CANCELS;
        }
        if (draw < 50) {
            return Mood.MOVES;
        }
        if (draw < 70) {
            return Mood.STOPS;
        }
        if (draw < 75) {
            return Mood.WAVERS;
        }
        return draw < 90 ? Mood.RETURNS : Mood.CONTENT;
    }

    private static Person person(SplittableRandom random) {
        String phone = "+82-50-0000-%04d".formatted(random.nextInt(10_000));
        return new Person(
                pick(NAMES, random),
                random.nextBoolean() ? " " + phone : phone,
                "%05d".formatted(10_000 + random.nextInt(50_000)),
                pick(CITIES, random) + " " + pick(STREETS, random) + " " + (1 + random.nextInt(200)),
                (101 + random.nextInt(9)) + "동 " + (101 + 100 * random.nextInt(20)) + "호");
    }

    private Line take(VendorItem item, int wanted) {
        Line line = new Line();
        line.vendorItemId = item.id;
        line.sellerProductId = item.sellerProductId;
        line.productId = item.productId;
        line.productName = item.productName;
        line.itemName = item.itemName;
        line.title = item.title;
        line.sku = item.sku;
        line.price = item.price;
        line.count = Math.min(wanted, item.stock);
        item.stock -= line.count;
        listings.keep(item);
        return line;
    }

    private static Line copy(Line line) {
        Line copy = new Line();
        copy.vendorItemId = line.vendorItemId;
        copy.sellerProductId = line.sellerProductId;
        copy.productId = line.productId;
        copy.productName = line.productName;
        copy.itemName = line.itemName;
        copy.title = line.title;
        copy.sku = line.sku;
        copy.price = line.price;
        return copy;
    }

    private static String pick(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
