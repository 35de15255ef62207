package hub.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which pictures of which listing were left out at its last try, and why. Thread-safe. */
final class LeftOutPictures {

    private static final int LONGEST = 2_000;

    private final JdbcClient database;

    LeftOutPictures(JdbcClient database) {
        this.database = database;
    }

    /** The listing is tried again: what was said of its pictures before does not count any more. */
    void clear(JsonNode task) {
        database.sql("""
                        delete from image_refused
                        where market = :market and account = :account and supplier = :supplier and sku = :sku
                        """).params(listing(task)).update();
    }

    void add(JsonNode task, int place, String url, ImageProblem problem, String reason) {
        database.sql("""
                        insert into image_refused (market, account, supplier, sku, place, url, problem, reason)
                        values (:market, :account, :supplier, :sku, :place, :url, :problem, :reason)
                        on conflict (market, account, supplier, sku, place) do update
                        set url = excluded.url, problem = excluded.problem, reason = excluded.reason, at = now()
                        """)
                .params(listing(task))
                .param("place", place)
                .param("url", cut(url))
                .param("problem", problem.meter())
                .param("reason", cut(reason))
                .update();
    }

    List<LeftOut> newest(int atMost) {
        return database.sql("select * from image_refused order by at desc limit :n")
                .param("n", atMost)
                .query((row, n) -> new LeftOut(
                        row.getString("market"),
                        row.getString("account"),
                        row.getString("supplier"),
                        row.getString("sku"),
                        row.getInt("place"),
                        row.getString("url"),
                        row.getString("problem"),
                        row.getString("reason"),
                        row.getObject("at", OffsetDateTime.class)))
                .list();
    }

    private static Map<String, String> listing(JsonNode task) {
        return Map.of(
                "market", task.path("market").asText(),
                "account", task.path("account").asText(),
                "supplier", task.path("supplier").asText(),
                "sku", task.path("sku").asText());
    }

    /** Postgres takes no NUL, and nobody reads more. */
    private static String cut(String text) {
        String clean = text.replace('\u0000', ' ');
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
    }
}
