package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What partners told us of our own account, such as where returns go; kept in Postgres, read again every few hours. */
@Component
public class PartnerFacts {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerFacts.class);

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
