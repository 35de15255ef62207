package hub.sandbox.naver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {

    private Store store;
    private Instant opened = Instant.EPOCH;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new Store(folder, 2);
        opened = store.clock.instant();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nobody_orders_while_nothing_is_on_sale() {
        store.hours(200);

        assertThat(changes("").path("count").asInt()).isZero();
        assertThat(Sample.fields(Sample.body(store.get(Store.ORDERS + "/last-changed-statuses", from("")))))
                .isEqualTo(Sample.fields(Sample.of("changed-03-empty").response()));
    }

    @Test
    void sold_pieces_leave_the_stock() {
        String no = store.list(store.plainGoods());
        int sold = store.orders(5).stream()
                .mapToInt(id -> store.order(id).at("/productOrder/quantity").asInt())
                .sum();

        assertThat(store.read(no).path("stockQuantity").asInt()).isEqualTo(240 - sold);
    }

    @Test
    void about_as_many_order_as_the_options_say() {
        store.list(store.goods());
        store.hours(60);

        assertThat(store.orders(1).size()).isBetween(60, 260);
    }

    @Test
    void paging_tells_every_change_once_and_in_order_even_of_the_same_millisecond() {
        store.list(store.goods());
        store.list(store.plainGoods());
        List<String> all = store.orders(30);
        List<String> told = new ArrayList<>();
        List<String> times = new ArrayList<>();
        String more = "&limitCount=2";
        while (!more.isEmpty()) {
            JsonNode page = changes(more);
            page.path("lastChangeStatuses").forEach(row -> {
                told.add(row.path("productOrderId").asText());
                times.add(row.path("lastChangedDate").asText());
            });
            JsonNode next = page.path("more");
            more = next.isMissingNode()
                    ? ""
                    : "&limitCount=2&lastChangedFrom="
                            + encoded(next.path("moreFrom").asText()) + "&moreSequence="
                            + next.path("moreSequence").asText();
        }

        assertThat(told).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        assertThat(times).isSorted();
        assertThat(new TreeSet<>(times).size())
                .as("two in one order share a time")
                .isLessThan(times.size());
    }

    @Test
    void answers_have_the_fields_of_the_samples() {
        store.list(store.goods());
        String id = store.orders(4).get(0);

        shaped(store.get(Store.ORDERS + "/last-changed-statuses", from("&limitCount=2")), "changed-01-more", "claim");
        shaped(query(id), "query-01-paid", "");
        shaped(store.get(Store.ORDERS, conditions() + "&quantityClaimCompatibility=true"), "orders-conditional-01", "");
        shaped(store.confirm(id), "confirm-01-ok", "");
        shaped(store.dispatch(id, "680400000001"), "dispatch-01-ok", "");
        store.hours(4);
        shaped(query(id), "query-03-shipped", "");
        shaped(query("2020010100000011"), "query-04-unknown-ids", "");
    }

    @Test
    void list_by_condition_pages() {
        store.list(store.goods());
        int count = store.orders(5).size();
        JsonNode first = Sample.body(store.get(Store.ORDERS, conditions() + "&page=1&pageSize=3"))
                .path("data");

        assertThat(first.path("contents")).hasSize(3);
        assertThat(first.at("/pagination/hasNext").asBoolean()).isTrue();
        assertThat(first.at("/contents/0/content/productOrder").has("remainQuantity"))
                .isFalse();
        JsonNode rest = Sample.body(store.get(Store.ORDERS, conditions() + "&page=2&pageSize=3"))
                .path("data");
        assertThat(rest.path("contents")).hasSize(Math.min(3, count - 3));
    }

    @Test
    void windows_and_limits_are_kept() {
        assertThat(code(changesAnswer("&lastChangedTo=" + encoded(Kst.text(opened.plus(Duration.ofHours(25)))))))
                .isEqualTo("104139");
        assertThat(code(changesAnswer("&limitCount=301"))).isEqualTo("4000");
        assertThat(code(store.get(Store.ORDERS + "/last-changed-statuses", "lastChangedFrom=" + Kst.text(opened))))
                .as("a plus sign that is not encoded")
                .isEqualTo("4000");
        assertThat(code(store.confirm(Collections.nCopies(31, "1").toArray(String[]::new))))
                .isEqualTo("4000");
        assertThat(code(store.post(Store.ORDERS + "/query", Store.ids(Collections.nCopies(301, "1")))))
                .isEqualTo("4000");
        assertThat(code(store.confirm("1", "1"))).isEqualTo("104131");
    }

    @Test
    void order_goes_its_way_to_the_decision() {
        store.list(store.goods());
        String id = store.orders(1).get(0);
        assertThat(failure(store.dispatch(id, "680400000001"))).isEqualTo("104443");

        Answer confirmed = store.confirm(id, "1");
        assertThat(confirmed.effect() + " " + confirmed.ref()).isEqualTo("confirmed " + id);
        assertThat(failure(confirmed)).isEqualTo("100001");
        assertThat(failure(store.confirm(id))).isEqualTo("105306");
        Answer shipped = store.dispatch(id, "680400000001");
        assertThat(shipped.effect() + " " + shipped.ref()).isEqualTo("dispatched " + id + ":680400000001");
        assertThat(failure(store.dispatch(id, "680400000001"))).isEqualTo("105306");
        assertThat(store.order(id).at("/productOrder/productOrderStatus").asText())
                .isEqualTo("DELIVERING");
        store.hours(24);
        assertThat(store.order(id).at("/productOrder/productOrderStatus").asText())
                .isEqualTo("DELIVERED");
        store.hours(80);
        assertThat(store.order(id).at("/productOrder/productOrderStatus").asText())
                .isEqualTo("PURCHASE_DECIDED");
    }

    @Test
    void parcels_are_refused_one_by_one() {
        store.list(store.goods());
        List<String> ids = store.orders(6);
        String id = ids.get(0);
        String other = ids.get(5);
        store.confirm(id, other);

        assertThat(failure(store.dispatch(id, "12"))).isEqualTo("104122");
        assertThat(failure(store.dispatch(id, ""))).isEqualTo("104120");
        assertThat(failure(changed(id, "deliveryCompanyCode", "NOBODY"))).isEqualTo("104119");
        assertThat(failure(changed(id, "deliveryCompanyCode", ""))).isEqualTo("104118");
        assertThat(failure(changed(id, "dispatchDate", "2026-12-31T00:00:00.000+09:00")))
                .isEqualTo("104105");
        assertThat(failure(store.dispatch(id, "680400000001"))).isEmpty();
        assertThat(failure(store.dispatch(other, "680400000001"))).isEqualTo("104121");
    }

    @Test
    void fault_partial_fails_every_second_item_and_leaves_it_as_it_was() {
        store.list(store.goods());
        List<String> ids = store.orders(2);
        store.faults("partial");
        Answer answer = store.confirm(ids.get(0), ids.get(1));
        store.faults();

        assertThat(failure(answer)).isEqualTo("9999");
        assertThat(answer.ref()).isEqualTo(ids.get(1));
        assertThat(store.order(ids.get(0)).at("/productOrder/placeOrderStatus").asText())
                .isEqualTo("NOT_YET");
    }

    private ObjectNode changedParcel(String id, String field, String value) {
        ObjectNode parcel = store.parcel(id, "680400000001");
        ((ObjectNode) parcel.at("/dispatchProductOrders/0")).put(field, value);
        return parcel;
    }

    private Answer changed(String id, String field, String value) {
        return store.post(Store.ORDERS + "/dispatch", changedParcel(id, field, value));
    }

    private Answer query(String id) {
        return store.post(Store.ORDERS + "/query", Store.ids(List.of(id)).put("quantityClaimCompatibility", true));
    }

    private JsonNode changes(String more) {
        return Sample.body(changesAnswer(more)).path("data");
    }

    private Answer changesAnswer(String more) {
        String query = more.contains("lastChangedFrom") ? more.substring(1) : from(more);
        return store.get(Store.ORDERS + "/last-changed-statuses", query);
    }

    private String from(String more) {
        return "lastChangedFrom=" + encoded(Kst.text(opened)) + more;
    }

    private String conditions() {
        return "from=" + encoded(Kst.text(opened)) + "&rangeType=PAYED_DATETIME&productOrderStatuses=PAYED";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String code(Answer answer) {
        assertThat(answer.status()).isEqualTo(400);
        return Sample.body(answer).path("code").asText();
    }

    private static String failure(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return Sample.body(answer).at("/data/failProductOrderInfos/0/code").asText();
    }

    /** @param optional what a field may contain when it is there by chance only */
    private static void shaped(Answer answer, String sample, String optional) {
        assertThat(without(optional, Sample.fields(Sample.body(answer))))
                .as(sample)
                .isEqualTo(without(optional, Sample.fields(Sample.of(sample).response())));
    }

    private static Set<String> without(String optional, Set<String> fields) {
        fields.removeIf(field -> !optional.isEmpty() && field.contains(optional));
        return fields;
    }
}
