package hub.partner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What partners told us of our own account, such as where returns go; kept in Postgres, read again every few hours. */
@Component
public class PartnerFacts {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerFacts.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JdbcClient jdbc;

    PartnerFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Whether a fact has to be read: it was never read, or not for {@code every}.
     *
     * @param every such as {@code 6h}
     */
    public boolean due(String partner, String name, String every) {
        return jdbc.sql("""
                        select count(*) from partner_fact
                        where partner = ? and name = ? and read_at > now() - ? * interval '1 second'
                        """)
                        .params(
                                partner,
                                name,
                                DurationStyle.detectAndParse(every).toSeconds())
                        .query(Long.class)
                        .single()
                == 0;
    }

    /** All facts of a partner, by name. */
    public JsonNode of(String partner) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        jdbc.sql("select name, value from partner_fact where partner = ?")
                .param(partner)
                .query(row -> {
                    facts.set(row.getString(1), parsed(row.getString(2)));
                });
        return facts;
    }

    private static JsonNode parsed(String value) {
        try {
            return JSON.readTree(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what a call gave; what failed leaves the fact as it was. */
    public void remember(String partner, String name, JsonNode callResult) {
        if (!callResult.path("outcome").asText().equals("ok")) {
            LOG.warn(
                    "{} {} were not read: {}",
                    partner,
                    name,
                    callResult.path("reason").asText());
            return;
        }
        jdbc.sql("""
                        insert into partner_fact (partner, name, value) values (?, ?, ?::jsonb)
                        on conflict (partner, name) do update set value = excluded.value, read_at = now()
                        """)
                .params(partner, name, callResult.path("result").toString())
                .update();
    }
}
