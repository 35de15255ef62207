package hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.TestHub;
import hub.order.OrderLedger;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole hub without routes: orders of options that no listing knows wait for a person. */
@SpringBootTest(
        classes = hub.HubApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"management.server.port=0", "hub.sandbox.products=3"})
@DirtiesContext
class ReviewConsoleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final TestHub HUB = new TestHub(() -> ReviewConsoleTest.folder);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @Value("${local.server.port}")
    private int port;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private JdbcClient database;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private OrderLedger orders;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private ConsoleUsers users;

    @Autowired
    @SuppressWarnings("NullAway.Init")
    private PasswordEncoder encoder;

    @DynamicPropertySource
    static void hub(DynamicPropertyRegistry options) throws IOException {
        HUB.options(options);
        HUB.ownRoutes(options);
    }

    @BeforeEach
    void two_orders_wait() {
        database.sql("truncate market_order, order_line, job, purchase_order cascade")
                .update();
        users.add("looker", encoder.encode("just-looking"), Role.VIEWER);
        orders.receive("coupang", "main", List.of(order("o1", "l1"), order("o2", "l1", "l2")));
        database.sql("""
                        insert into purchase_order (client_ref, supplier, state, market, order_id, line_id, intent_no, quantity,
                          max_unit_cost_won, not_before)
                        values ('OLDREF', 'acme', 'PO_REJECTED', 'coupang', 'o1', 'l1', 1, 1, 9000, now())
                        """).update();
        database.sql("update order_line set client_ref = 'OLDREF', supplier = 'acme' where order_id = 'o1'")
                .update();
    }

    @Test
    void page_shows_what_waits_and_what_each_decision_risks_in_both_languages() throws Exception {
        Browser browser = operator();

        assertThat(browser.get("/reviews").body())
                .contains("o1", "Goods of l1", "OLDREF", "발주 거절", "계속 진행", "항목 종료", "다시 발주", "두 번 결제됩니다")
                .doesNotContain("홍길동");
        assertThat(browser.get("/reviews?lang=en").body())
                .contains("Resume", "End the line", "Buy again", "bought and paid twice")
                .doesNotContain("??");
    }

    @Test
    void decision_of_the_page_is_in_the_journal_with_the_name_of_the_login() throws Exception {
        Browser browser = operator();
        assertThat(decide(browser, "cancel").statusCode()).isEqualTo(302);

        assertThat(state("o1", "l1")).isEqualTo("CANCELLED");
        assertThat(browser.get("/reviews").body()).contains("처리했습니다");
        assertThat(database.sql("select actor from journal where key = 'coupang/o1/l1' order by seq desc limit 1")
                        .query(String.class)
                        .single())
                .isEqualTo("admin");
        decide(browser, "cancel");
        assertThat(browser.get("/reviews").body()).contains("더 이상 확인 대상이 아닙니다");
    }

    @Test
    void nothing_is_bought_again_before_the_old_purchase_order_was_looked_for() throws Exception {
        Browser browser = operator();
        decide(browser, "buyAgain");

        assertThat(browser.get("/reviews").body()).contains("다시 발주하지 않았습니다");
        assertThat(intent()).isEqualTo(1);
        browser.submit(
                "/reviews",
                "/reviews",
                Map.of("market", "coupang", "order", "o1", "line", "l1", "action", "buyAgain", "confirm", "OLDREF"));
        assertThat(intent()).isEqualTo(2);
    }

    @Test
    void viewer_sees_the_list_and_decides_nothing() throws Exception {
        Browser browser = new Browser(port);
        browser.login("looker", "just-looking");

        assertThat(browser.get("/reviews").body()).contains("o1").doesNotContain("name=\"action\"");
        assertThat(decide(browser, "cancel").statusCode()).isEqualTo(403);
        assertThat(browser.submit("/reviews", "/api/orders/o1/review?action=cancel", Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(state("o1", "l1")).isEqualTo("REVIEW");
    }

    @ParameterizedTest
    @CsvSource({
        "o1, action=cancel, 200, CANCELLED",
        "o1, action=burn, 400, 'resume, cancel or buyAgain'",
        "o1, market=coupang, 400, 'resume, cancel or buyAgain'",
        "o9, action=cancel, 404, o9",
        "o1, action=cancel&line=l7, 404, o1",
        "o1, action=cancel&market=naver, 404, o1",
        "o2, action=cancel, 409, coupang/o2/l2",
        "o2, action=cancel&line=l2, 200, CANCELLED",
        "o1, action=resume, 409, stays in REVIEW",
        "o1, action=buyAgain, 412, confirm=OLDREF",
        "o1, action=buyAgain&confirm=yes, 412, confirm=OLDREF",
        "o1, action=buyAgain&confirm=OLDREF, 200, VALIDATED",
        "o2, action=buyAgain&line=l1, 409, resume",
    })
    void api_says_what_was_done_or_why_not(String order, String query, int status, String says) throws Exception {
        HttpResponse<String> answer =
                operator().submit("/reviews", "/api/orders/" + order + "/review?" + query, Map.of());

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(says);
        assertThat(JSON.readTree(answer.body()).has("error")).isEqualTo(status != 200);
    }

    @Test
    void decision_that_was_taken_already_is_a_conflict() throws Exception {
        Browser browser = operator();
        String path = "/api/orders/o1/review?action=cancel";
        browser.submit("/reviews", path, Map.of());

        assertThat(browser.submit("/reviews", path, Map.of()).statusCode()).isEqualTo(409);
    }

    @Test
    void api_needs_a_login_and_a_token() throws Exception {
        String path = "/api/orders/o1/review?action=cancel";
        assertThat(new Browser(port).post(path, Map.of()).statusCode()).isEqualTo(403);
        assertThat(new Browser(port).submit("/login", path, Map.of()).statusCode())
                .isEqualTo(401);
        assertThat(operator().post(path, Map.of()).statusCode()).isEqualTo(403);
        assertThat(state("o1", "l1")).isEqualTo("REVIEW");
    }

    private Browser operator() throws Exception {
        Browser browser = new Browser(port);
        browser.login(HUB.password());
        return browser;
    }

    private static HttpResponse<String> decide(Browser browser, String action) throws Exception {
        Map<String, String> form = Map.of("market", "coupang", "order", "o1", "line", "l1", "action", action);
        return browser.submit("/reviews", "/reviews", form);
    }

    private String state(String order, String line) {
        return database.sql("select state from order_line where order_id = ? and line_id = ?")
                .params(order, line)
                .query(String.class)
                .single();
    }

    private int intent() {
        return database.sql("select intent_no from order_line where order_id = 'o1'")
                .query(Integer.class)
                .single();
    }

    private static ObjectNode order(String id, String... lines) {
        ObjectNode order = JSON.createObjectNode().put("orderId", id).put("orderedAt", "2026-11-25T01:00:00Z");
        order.putObject("receiver").put("name", "홍길동").put("address1", "서울 1");
        order.putObject("orderer").put("name", "홍길동");
        for (String line : lines) {
            order.withArray("lines")
                    .addObject()
                    .put("lineId", line)
                    .put("marketOptionId", "nobody-lists-it")
                    .put("name", "Goods of " + line)
                    .put("quantity", 1)
                    .put("unitPriceWon", 9_900)
                    .put("status", "new");
        }
        return order;
    }
}
