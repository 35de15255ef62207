package hub.order;

import static hub.order.TestLedger.accepted;
import static hub.order.TestLedger.answer;
import static hub.order.TestLedger.found;
import static hub.order.TestLedger.line;
import static hub.order.TestLedger.object;
import static hub.order.TestLedger.order;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Histories at random: answers that are lost, late or given twice, suppliers that accept late, hubs that die, buyers
 * that cancel and move. Whatever happens, no line is accepted twice, and every line comes to its end or to a person.
 */
class OrderHistoriesTest {

    private static final TestLedger HUB = new TestLedger();
    private static final int LINES = 12;
    private static final int STEPS = 60;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void no_line_is_bought_twice_and_none_is_forgotten(int seed) {
        HUB.empty();
        World world = new World(new Random(seed));
        world.live();
        world.calm();

        assertThat(world.acceptances)
                .as("accepted sends by line, seed %d", seed)
                .allSatisfy((line, sends) -> assertThat(sends).isLessThanOrEqualTo(1));
        for (int n = 0; n < LINES; n++) {
            OrderState state = HUB.state("l" + n);
            assertThat(state)
                    .as("line l%d of seed %d", n, seed)
                    .isIn(OrderState.DONE, OrderState.CANCELLED, OrderState.REVIEW);
            int bought = world.acceptances.getOrDefault("l" + n, 0);
            if (state == OrderState.DONE) {
                assertThat(bought).as("l%d is done, seed %d", n, seed).isEqualTo(1);
            }
            if (state == OrderState.CANCELLED) {
                assertThat(bought).as("l%d is cancelled, seed %d", n, seed).isZero();
            }
        }
        assertThat(HUB.count("order_line l where state = 'REVIEW' and (owner is null or deadline is null)"))
                .isZero();
        assertThat(HUB.orders.counts().get(OrderState.DONE))
                .as("a person is not the answer to everything, seed %d", seed)
                .isPositive();
        assertThat(HUB.journal.verify()).isEmpty();
    }

    @Test
    void model_sees_a_supplier_that_accepts_after_the_settle_window() {
        boolean seen = false;
        for (int seed = 1; seed <= 20 && !seen; seed++) {
            HUB.empty();
            World world = new World(new Random(seed));
            world.acceptsAfterSettling = true;
            world.live();
            world.calm();
            seen = world.acceptances.values().stream().anyMatch(sends -> sends > 1);
        }
        assertThat(seen)
                .as("a model that finds nothing here would prove nothing above")
                .isTrue();
    }

    /** The market, the supplier, the network and the operating system. */
    private static final class World {

        private final Random dice;
        /** Accepted sends by line. */
        final Map<String, Integer> acceptances = new TreeMap<>();
        /** Orders the supplier has, by client reference. */
        private final Map<String, List<String>> supplier = new HashMap<>();

        /** Lines that the market took as acknowledged. */
        private final Set<String> acknowledged = new HashSet<>();

        private final List<JsonNode> acceptedLate = new ArrayList<>();
        private final List<JsonNode> answersUnderWay = new ArrayList<>();
        private final List<JsonNode> lookUpsUnderWay = new ArrayList<>();
        boolean acceptsAfterSettling;
        private boolean calm;
        private int numbers;

        World(Random dice) {
            this.dice = dice;
        }

        void live() {
            for (int step = 0; step < STEPS; step++) {
                step();
            }
        }

        /** No faults any more; everything that waits gets its turn. */
        void calm() {
            calm = true;
            for (int round = 0; round < 14; round++) {
                timePasses();
                poll();
                HUB.acknowledge();
                send();
                lookUp();
                answersUnderWay.forEach(HUB.purchases::answered);
                answersUnderWay.clear();
                lookUpsUnderWay.forEach(HUB.purchases::lookedUp);
                lookUpsUnderWay.clear();
                track();
                HUB.upload();
            }
        }

        private void step() {
            switch (dice.nextInt(10)) {
                case 0 -> poll();
                case 1 -> {
                    tellMarket();
                    reread();
                }
                case 2, 3 -> send();
                case 4, 5 -> lookUp();
                case 6 -> answerArrives();
                case 7 -> timePasses();
                case 8 -> claim();
                default -> track();
            }
        }

        /** Each line is an order of its own; once in a while its address is another one. */
        private void poll() {
            JsonNode[] orders = new JsonNode[LINES];
            for (int n = 0; n < LINES; n++) {
                ObjectNode order = order("o" + n, line("l" + n, "W1", 2, shownAs("l" + n)));
                if (!calm && dice.nextInt(40) == 0) {
                    ((ObjectNode) order.path("receiver")).put("address1", "다른 곳 " + dice.nextInt(3));
                }
                orders[n] = order;
            }
            HUB.receive(orders);
        }

        private String shownAs(String line) {
            return acknowledged.contains(line) ? "acknowledged" : HUB.shownAs(line);
        }

        /** The market acknowledges once and refuses to do it again; its answers may be lost. */
        private void tellMarket() {
            List<JsonNode> tasks =
                    HUB.orders.acknowledgeTasks(HUB.jobs.claim("coupang", "acknowledge-order", 1 + dice.nextInt(5)));
            ObjectNode result = object();
            ArrayNode done = result.putArray("acknowledged");
            ArrayNode failed = result.putArray("failed");
            for (JsonNode task : tasks) {
                String ackId = task.path("ackId").asText();
                if (acknowledge(task)) {
                    done.add(ackId);
                } else {
                    failed.addObject().put("ackId", ackId).put("reason", "INVALID_STATUS");
                }
            }
            switch (dice.nextInt(4)) {
                case 0 -> HUB.orders.acknowledged(answer(TestLedger.array(tasks), "unknown"));
                case 1 -> {
                    // The hub dies.
                }
                default ->
                    HUB.orders.acknowledged(
                            answer(TestLedger.array(tasks), "ok").set("result", result));
            }
        }

        private boolean acknowledge(JsonNode task) {
            HUB.market
                    .getOrDefault(task.path("orderId").asText(), List.of())
                    .forEach(order -> ((ObjectNode) order.path("lines").get(0)).put("status", "acknowledged"));
            return acknowledged.add(task.path("lineId").asText());
        }

        /** The market does not answer, answers late, or shows nothing. */
        private void reread() {
            List<JsonNode> tasks =
                    HUB.orders.rereadTasks(HUB.jobs.claim("coupang", "reread-order", 1 + dice.nextInt(5)));
            switch (dice.nextInt(5)) {
                case 0 -> HUB.orders.reread(answer(TestLedger.array(tasks), "unknown"));
                case 1 -> {
                    // The hub dies.
                }
                case 2 -> HUB.orders.reread(answer(TestLedger.array(tasks), "final"));
                default -> HUB.orders.reread(HUB.shown(tasks));
            }
        }

        private void send() {
            for (JsonNode task : HUB.purchases.tasks(HUB.jobs.claim("acme", "place-order", 1 + dice.nextInt(5)))) {
                send(task);
            }
        }

        private void send(JsonNode task) {
            switch (calm ? 0 : dice.nextInt(9)) {
                case 0, 1 -> HUB.purchases.answered(accepted(task, accept(task)));
                case 2 -> answersUnderWay.add(accepted(task, accept(task)));
                case 3 -> {
                    // Accepted; the hub dies before it hears of it.
                    accept(task);
                }
                case 4 -> {
                    // The hub dies before the first byte.
                }
                case 5 -> {
                    accept(task);
                    HUB.purchases.answered(answer(task, "unknown"));
                }
                case 6 -> {
                    acceptedLate.add(task);
                    HUB.purchases.answered(answer(task, "unknown"));
                }
                case 7 -> {
                    JsonNode refusal = answer(task, dice.nextInt(4) == 0 ? "final" : "retry");
                    HUB.purchases.answered(refusal);
                    answersUnderWay.add(refusal);
                }
                default -> HUB.purchases.answered(answer(task, "unknown"));
            }
        }

        /** A supplier that does not notice a repeated reference. */
        private String accept(JsonNode task) {
            String number = "S" + numbers++;
            acceptances.merge(task.path("lineId").asText(), 1, Integer::sum);
            supplier.computeIfAbsent(task.path("clientRef").asText(), ref -> new ArrayList<>())
                    .add(number);
            return number;
        }

        private void lookUp() {
            for (JsonNode task : HUB.purchases.lookupTasks(HUB.jobs.claim("acme", "find-order", 1 + dice.nextInt(5)))) {
                String[] numbers = supplier.getOrDefault(task.path("clientRef").asText(), List.of())
                        .toArray(String[]::new);
                switch (calm ? 0 : dice.nextInt(6)) {
                    case 0, 1 -> HUB.purchases.lookedUp(found(task, numbers));
                    case 2 -> {
                        HUB.purchases.lookedUp(found(task, numbers));
                        HUB.purchases.lookedUp(found(task, numbers));
                    }
                    case 3 -> lookUpsUnderWay.add(found(task, numbers));
                    case 4 -> HUB.purchases.lookedUp(answer(task, "unknown"));
                    default -> {
                        // The hub dies.
                    }
                }
            }
        }

        /** An answer comes late, or a second time. */
        private void answerArrives() {
            arrives(answersUnderWay).forEach(HUB.purchases::answered);
            arrives(lookUpsUnderWay).forEach(HUB.purchases::lookedUp);
        }

        private List<JsonNode> arrives(List<JsonNode> underWay) {
            if (underWay.isEmpty()) {
                return List.of();
            }
            JsonNode one = underWay.get(dice.nextInt(underWay.size()));
            if (dice.nextBoolean()) {
                underWay.remove(one);
            }
            return List.of(one);
        }

        /** The settle window is longer than the supplier needs to accept late: it accepts first. */
        private void timePasses() {
            if (!acceptsAfterSettling || calm) {
                acceptedLate.forEach(this::accept);
                acceptedLate.clear();
            }
            HUB.pass();
            HUB.recover();
        }

        private void claim() {
            String line = "l" + dice.nextInt(LINES);
            String state = List.of("requested", "done", "withdrawn").get(dice.nextInt(3));
            ObjectNode claim = object().put("claimId", "c" + line)
                    .put("orderId", "o" + line.substring(1))
                    .put("lineId", line)
                    .put("kind", "cancel")
                    .put("state", state);
            if (dice.nextInt(3) == 0) {
                HUB.claims.receive("coupang", List.of(claim));
            }
        }

        private void track() {
            List<JsonNode> trackings = new ArrayList<>();
            for (JsonNode bought : HUB.shipments.awaiting("acme", 3 + (calm ? LINES : 0))) {
                trackings.add(object().put(
                                "supplierOrderId",
                                bought.path("supplierOrderId").asText())
                        .put("state", "shipped")
                        .put("courier", "한진택배")
                        .put(
                                "trackingNo",
                                "10000000"
                                        + (10
                                                + Integer.parseInt(bought.path("lineId")
                                                        .asText()
                                                        .substring(1)))));
            }
            HUB.shipments.tracked("acme", trackings);
        }
    }
}
