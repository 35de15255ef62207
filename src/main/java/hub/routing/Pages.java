package hub.routing;

import com.fasterxml.jackson.databind.JsonNode;
import hub.catalog.Upserted;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the parts of a page become one again. */
@Configuration(proxyBeanMethods = false)
class Pages {

    /** What all batches of a page wrote. */
    @Bean
    AggregationStrategy upsertedPage() {
        return (before, batch) -> {
            Upserted now = batch.getMessage().getBody(Upserted.class);
            Upserted sum =
                    before == null ? Upserted.NOTHING : before.getMessage().getBody(Upserted.class);
            batch.getMessage().setBody(now == null ? sum : sum.plus(now));
            return batch;
        };
    }

    /** The results of the calls that succeeded, as items of one page. */
    @Bean
    AggregationStrategy detailPage() {
        return (before, call) -> {
            List<JsonNode> items = items(before);
            JsonNode result = call.getMessage().getBody(JsonNode.class);
            if (result.path("outcome").asText().equals("ok")) {
                items.add(result.path("result"));
            }
            call.getMessage().setBody(items);
            return call;
        };
    }

    @SuppressWarnings("unchecked")
    private static List<JsonNode> items(@Nullable Exchange before) {
        return before == null ? new ArrayList<>() : before.getMessage().getBody(List.class);
    }
}
