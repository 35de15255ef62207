package hub.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How far each repeated reading of a partner has come: a JSON document by partner and name, in Postgres. */
@Component
public class Cursors {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    Cursors(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public Optional<JsonNode> read(String partner, String name) {
        return jdbc.sql("select state from cursor where partner = ? and name = ?")
                .params(partner, name)
                .query(String.class)
                .optional()
                .map(this::parse);
    }

    public void write(String partner, String name, JsonNode state) {
        jdbc.sql("""
                        insert into cursor (partner, name, state) values (?, ?, ?::jsonb)
                        on conflict (partner, name) do update set state = excluded.state, changed_at = now()
                        """).params(partner, name, state.toString()).update();
    }

    /** Takes the documents of that name out, of these partners; by partner. */
    Map<String, JsonNode> take(String name, Collection<String> partners) {
        Map<String, JsonNode> taken = new TreeMap<>();
        jdbc.sql("delete from cursor where name = ? and partner = any (?) returning partner, state")
                .params(name, partners.toArray(String[]::new))
                .query(row -> {
                    taken.put(row.getString(1), parse(row.getString(2)));
                });
        return taken;
    }

    /** How long ago each partner's reading of that name was written last, whichever process did it. */
    Map<String, Duration> ages(String name) {
        Map<String, Duration> ages = new TreeMap<>();
        jdbc.sql("select partner, extract(epoch from now() - changed_at) from cursor where name = ?")
                .param(name)
                .query(row -> {
                    ages.put(row.getString(1), Duration.ofMillis((long) (1000 * row.getDouble(2))));
                });
        return ages;
    }

    private JsonNode parse(String state) {
        try {
            return json.readTree(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
