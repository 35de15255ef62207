package hub.sandbox.naver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    @Test
    void listings_orders_parcels_on_their_way_images_and_tokens_outlive_the_process(@TempDir Path folder) {
        try (Store store = new Store(folder, 2)) {
            ObjectNode goods = store.goods();
            String no = store.list(goods);
            String id = store.orders(1).get(0);
            store.confirm(id);
            store.dispatch(id, "680400000001");
            JsonNode listing = store.read(no);
            JsonNode order = store.order(id);

            store.restart();

            assertThat(store.read(no)).isEqualTo(listing);
            assertThat(store.order(id)).isEqualTo(order);
            assertThat(store.list(goods))
                    .as("with the image of before")
                    .isNotEmpty()
                    .isNotEqualTo(no);
            store.hours(24);
            assertThat(store.order(id).at("/productOrder/productOrderStatus").asText())
                    .isEqualTo("DELIVERED");
        }
    }
}
