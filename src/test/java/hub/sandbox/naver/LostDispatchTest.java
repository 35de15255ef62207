package hub.sandbox.naver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.mapping.Jq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the hub makes of a dispatch that is refused: what Naver shows of the product order decides. */
class LostDispatchTest {

    private static final String OURS = "680400000001";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Store store;

    @SuppressWarnings("NullAway.Init")
    private String id;

    @BeforeEach
    void order_is_confirmed() {
        store = new Store(folder, 60);
        store.list(store.goods());
        id = store.orders(1).get(0);
        store.confirm(id);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void dispatch_whose_answer_was_lost_is_done_when_the_order_shows_our_number() throws IOException {
        upload(OURS);
        JsonNode refused = upload(OURS).path("failed").path(0);
        assertThat(refused.path("reason").asText()).startsWith("105306");
        assertThat(refused.path("check").asBoolean()).as("read back").isTrue();
        assertThat(check(OURS).path("uploaded")).extracting(JsonNode::asText).containsExactly(id);
    }

    @Test
    void order_under_way_with_another_number_is_refused_with_that_number() throws IOException {
        upload("999999999999");
        JsonNode refused = upload(OURS).path("failed").path(0);
        assertThat(refused.path("reason").asText()).startsWith("104442");
        assertThat(refused.path("check").asBoolean()).as("read back").isTrue();
        JsonNode shown = check(OURS);
        assertThat(shown.path("uploaded")).isEmpty();
        assertThat(shown.at("/failed/0/lineId").asText()).isEqualTo(id);
        assertThat(shown.at("/failed/0/reason").asText()).isEqualTo("the market shows 999999999999 instead");
    }

    @Test
    void order_without_a_number_and_one_that_is_not_shown_are_refused() throws IOException {
        assertThat(check(OURS).at("/failed/0/reason").asText()).isEqualTo("the market does not show the number");
        JsonNode nothing = Sample.JSON.readTree("{\"data\":[]}");
        assertThat(jq("check-upload.answer.jq", nothing, tasks(OURS))
                        .at("/failed/0/lineId")
                        .asText())
                .isEqualTo(id);
    }

    @Test
    void number_that_is_none_is_refused_without_reading_back() throws IOException {
        JsonNode refused = upload("12").path("failed").path(0);
        assertThat(refused.path("reason").asText()).startsWith("104122");
        assertThat(refused.path("check").asBoolean()).isFalse();
    }

    private JsonNode upload(String number) throws IOException {
        return call("upload-tracking", number);
    }

    private JsonNode check(String number) throws IOException {
        return call("check-upload", number);
    }

    private JsonNode call(String files, String number) throws IOException {
        ArrayNode tasks = tasks(number);
        ObjectNode request = (ObjectNode) jq(files + ".request.jq", tasks, tasks);
        if (files.equals("upload-tracking")) {
            // The simulated clock does not stand where the machine's does.
            ((ObjectNode) request.at("/json/dispatchProductOrders/0"))
                    .put("dispatchDate", Kst.text(store.clock.instant()));
        }
        JsonNode answer = Sample.body(store.post(request.path("path").asText(), request.path("json")));
        return jq(files + ".answer.jq", answer, tasks);
    }

    private ArrayNode tasks(String number) {
        ArrayNode tasks = Sample.JSON.createArrayNode();
        tasks.addObject().put("lineId", id).put("courier", "CJGLS").put("trackingNo", number);
        return tasks;
    }

    private static JsonNode jq(String file, JsonNode input, JsonNode item) throws IOException {
        return new Jq(Files.readString(Path.of("routes/markets/naver/" + file)))
                .all(input, Map.of("item", () -> item))
                .get(0);
    }
}
