package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import hub.TestDatabase;
import hub.queue.Job;
import hub.queue.Jobs;
import hub.queue.QueueOptions;
import hub.restore.RestoreOptions;
import hub.restore.Restores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The order ledger on a real database. The test plays market, supplier and routes; {@link #pass()} plays the clock. */
final class TestLedger {

    static final String MARKET = "coupang";
    static final String SUPPLIER = "acme";

    /** What the last poll showed, by order. */
    final Map<String, List<JsonNode>> market = new HashMap<>();

    final HikariDataSource database = new HikariDataSource();
    final JdbcClient sql;
    final Jobs jobs;
    final Journal journal;
    final OrderLedger orders;
    final PurchaseOrders purchases;
    final Shipments shipments;
    final Claims claims;
    final Reviews reviews;
    final Restores restores;

    TestLedger() {
        this(options(false));
    }

    TestLedger(OrderOptions options) {
        this(options, Duration.ofMinutes(2));
    }

    /** @param patience see {@link QueueOptions#patience()} */
    TestLedger(OrderOptions options, Duration patience) {
        database.setDataSource(TestDatabase.fresh());
        sql = JdbcClient.create(database);
        jobs = new Jobs(sql, new QueueOptions(Duration.ofSeconds(60), 8, patience));
        journal = new Journal(sql);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        restores = new Restores(sql, new RestoreOptions(null, Duration.ofDays(14)));
        Ledger ledger = new Ledger(sql, transaction, jobs, journal, options, restores);
        orders = new OrderLedger(ledger, new Acknowledgements(ledger), new Rereads(ledger), sql);
        purchases =
                new PurchaseOrders(new Sends(ledger), new Answers(ledger), new LookUps(ledger), new Recovery(ledger));
        shipments = new Shipments(ledger, new Uploads(ledger, new Couriers()), new UploadChecks(ledger));
        claims = new Claims(ledger);
        reviews = new Reviews(ledger);
        goods("W1", 8_000);
        goods("W2", 5_000);
    }

    static OrderOptions options(boolean holdRepeats) {
        return new OrderOptions(
                500,
                Duration.ofSeconds(30),
                Duration.ofSeconds(90),
                Duration.ofSeconds(60),
                3,
                holdRepeats,
                Duration.ofMinutes(10),
                Duration.ofSeconds(5),
                Duration.ofMinutes(15),
                "operator",
                Duration.ofHours(4),
                Duration.ofHours(24),
                Duration.ofMinutes(1));
    }

    void goods(String sku, long cost) {
        sql.sql("insert into product_stock values (?, ?, '', ?, 10)")
                .params(SUPPLIER, sku, cost)
                .update();
        sql.sql(
                        "insert into product values (?, ?, 'active', ?, '', '{\"options\":[{\"key\":\"\",\"values\":[]}]}', '')")
                .params(SUPPLIER, sku, "Goods " + sku)
                .update();
        sql.sql("insert into listing_option (market, account, market_option_id, supplier, sku, option_key, item_key)"
                        + " values (?, 'main', ?, ?, ?, '', ?)")
                .params(MARKET, "opt-" + sku, SUPPLIER, sku, "code-" + sku)
                .update();
    }

    void empty() {
        market.clear();
        sql.sql("truncate market_order, order_line, purchase_order, po_attempt, supplier_order, shipment, claim, job,"
                        + " dead_letter, item_hold, epoch")
                .update();
        sql.sql("update product_stock set cost_won = case sku when 'W1' then 8000 else 5000 end")
                .update();
    }

    static ObjectNode order(String id, JsonNode... lines) {
        ObjectNode order = object().put("orderId", id).put("orderedAt", "2026-11-25T10:00:00+09:00");
        order.set(
                "receiver", object().put("name", "홍길동").put("address1", "서울 1").put("message", "문 앞"));
        order.set("orderer", object().put("name", "홍길동").put("phone", "010"));
        order.set("lines", JsonNodeFactory.instance.arrayNode().addAll(List.of(lines)));
        return order;
    }

    static ObjectNode line(String id) {
        return line(id, "W1", 2, "new");
    }

    static ObjectNode line(String id, String sku, int quantity, String status) {
        return object().put("lineId", id)
                .put("ackId", "box-" + id)
                .put("marketOptionId", "opt-" + sku)
                .put("sellerCode", "")
                .put("name", "Listed " + sku)
                .put("option", "")
                .put("quantity", quantity)
                .put("unitPriceWon", 9_900)
                .put("status", status);
    }

    JsonNode receive(JsonNode... polled) {
        List.of(polled).forEach(order -> market.remove(order.path("orderId").asText()));
        List.of(polled)
                .forEach(order -> market.computeIfAbsent(order.path("orderId").asText(), id -> new ArrayList<>())
                        .add(order));
        return orders.receive(MARKET, "main", List.of(polled));
    }

    /** Brings whatever the market was not told of to PO_READY. */
    void acknowledge() {
        tellMarket();
        reread();
    }

    /** Reads acknowledged orders again; the market has them as in the last poll. */
    void reread() {
        for (List<Job> due = jobs.claim(MARKET, "reread-order", 500);
                !due.isEmpty();
                due = jobs.claim(MARKET, "reread-order", 500)) {
            orders.reread(shown(orders.rereadTasks(due)));
        }
    }

    /** What the market shows of the orders of some tasks. */
    ObjectNode shown(List<JsonNode> tasks) {
        ObjectNode result = object();
        ArrayNode read = result.putArray("orders");
        tasks.stream()
                .map(task -> task.path("orderId").asText())
                .distinct()
                .forEach(id -> market.getOrDefault(id, List.of()).forEach(read::add));
        return answer(array(tasks), "ok").set("result", result);
    }

    /** Acknowledges whatever the market was not told of. */
    void tellMarket() {
        List<JsonNode> tasks = orders.acknowledgeTasks(jobs.claim(MARKET, "acknowledge-order", 500));
        ArrayNode item = array(tasks);
        ObjectNode result = object();
        ArrayNode ids = result.putArray("acknowledged");
        tasks.forEach(task -> ids.add(task.path("ackId").asText()));
        result.putArray("failed");
        orders.acknowledged(answer(item, "ok").set("result", result));
    }

    List<JsonNode> place() {
        return purchases.tasks(jobs.claim(SUPPLIER, "place-order", 500));
    }

    JsonNode placeOne() {
        List<JsonNode> tasks = place();
        if (tasks.size() != 1) {
            throw new AssertionError(tasks.size() + " purchase orders to be sent");
        }
        return tasks.get(0);
    }

    List<JsonNode> lookUp() {
        return purchases.lookupTasks(jobs.claim(SUPPLIER, "find-order", 500));
    }

    /** A line on its way to the supplier. */
    JsonNode sending() {
        receive(order("o1", line("l1")));
        acknowledge();
        return placeOne();
    }

    static ObjectNode accepted(JsonNode task, String... ids) {
        ObjectNode result = object().put("costWon", 16_000);
        ArrayNode array = result.putArray("supplierOrderIds");
        List.of(ids).forEach(array::add);
        return answer(task, "ok").set("result", result);
    }

    static ObjectNode found(JsonNode task, String... ids) {
        ObjectNode result = object();
        ArrayNode array = result.putArray("found");
        List.of(ids).forEach(id -> array.addObject().put("supplierOrderId", id));
        return answer(task, "ok").set("result", result);
    }

    static ObjectNode answer(JsonNode item, String outcome) {
        return object().put("outcome", outcome)
                .put("reason", outcome.equals("ok") ? "" : "said so")
                .set("item", item);
    }

    void ship(String clientRef, String courier, String number) {
        shipments.tracked(
                SUPPLIER,
                List.of(object().put("clientRef", clientRef)
                        .put("state", "shipped")
                        .put("courier", courier)
                        .put("trackingNo", number)));
    }

    List<JsonNode> uploads() {
        return shipments.uploadTasks(jobs.claim(MARKET, "upload-tracking", 500));
    }

    void upload() {
        List<JsonNode> tasks = uploads();
        ObjectNode result = object();
        ArrayNode ids = result.putArray("uploaded");
        tasks.forEach(task -> ids.add(task.path("lineId").asText()));
        shipments.uploaded(answer(array(tasks), "ok").set("result", result));
    }

    void claim(String id, String state, JsonNode where) {
        ObjectNode claim = object().put("claimId", id)
                .put("orderId", "o1")
                .put("kind", "cancel")
                .put("state", state)
                .put("reason", "simple change of mind")
                .put("at", "2026-11-25T01:00:00Z");
        claim.setAll((ObjectNode) where);
        claims.receive(MARKET, List.of(claim));
    }

    OrderState state() {
        return state("l1");
    }

    OrderState state(String lineId) {
        return OrderState.valueOf(sql.sql("select state from order_line where line_id = ?")
                .param(lineId)
                .query(String.class)
                .single());
    }

    /** As the market has it. */
    String shownAs(String lineId) {
        return count("order_line where acknowledged and line_id = '" + lineId + "'") == 0 ? "new" : "acknowledged";
    }

    String reason() {
        return sql.sql("select coalesce(reason, '') from order_line where line_id = 'l1'")
                .query(String.class)
                .single();
    }

    long count(String from) {
        return sql.sql("select count(*) from " + from).query(Long.class).single();
    }

    /** All waits are over: leases and deadlines ran out, what is to be done later is due. */
    void pass() {
        sql.sql("update job set run_at = run_at - interval '1 day', lease_until = lease_until - interval '1 day'")
                .update();
        sql.sql(
                        "update purchase_order set not_before = not_before - interval '1 day', deadline = deadline - interval '1 day'")
                .update();
        sql.sql("update order_line set changed_at = changed_at - interval '1 day'")
                .update();
        sql.sql("update claim set changed_at = changed_at - interval '1 day'").update();
    }

    /** What happens by timers. */
    void recover() {
        jobs.recover();
        purchases.recover();
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(List<JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(new ArrayList<>(items));
    }
}
