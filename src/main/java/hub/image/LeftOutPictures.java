package hub.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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

    /**
     * The one that was looked at the longest ago first; they count as looked at now. What only a market minds stays.
     */
    List<LeftOut> due(Duration every, int atMost) {
        return database.sql("""
                        with due as (
                          select ctid from image_refused
                          where looked_at < now() - :every * interval '1 second' and problem <> 'market'
                          order by looked_at limit :n for update skip locked)
                        update image_refused r set looked_at = now() from due where r.ctid = due.ctid returning r.*
                        """)
                .param("every", every.toSeconds())
                .param("n", atMost)
                .query((row, n) -> leftOut(row))
                .list();
    }

    /** They can be used by now: {@code [{market, account, supplier, sku, place, url}, …]}. */
    void healed(JsonNode pictures) {
        database.sql("""
                        delete from image_refused r
                        using jsonb_to_recordset(:pictures::jsonb)
                          as p(market text, account text, supplier text, sku text, place int, url text)
                        where r.market = p.market and r.account = p.account and r.supplier = p.supplier
                          and r.sku = p.sku and r.place = p.place and r.url = p.url
                        """).param("pictures", pictures.toString()).update();
    }

    /** Forgets pictures that their products do not show any more. */
    void forgetReplaced() {
        database.sql("""
                        delete from image_refused r
                        where not exists (
                          select 1 from product p, jsonb_array_elements_text(p.content -> 'images') i (url)
                          where p.supplier = r.supplier and p.sku = r.sku and p.state <> 'ended'
                            and left(i.url, :longest) = r.url)
                        """).param("longest", LONGEST).update();
    }

    List<LeftOut> newest(int atMost) {
        return database.sql("select * from image_refused order by at desc limit :n")
                .param("n", atMost)
                .query((row, n) -> leftOut(row))
                .list();
    }

    private static LeftOut leftOut(ResultSet row) throws SQLException {
        return new LeftOut(
                row.getString("market"),
                row.getString("account"),
                row.getString("supplier"),
                row.getString("sku"),
                row.getInt("place"),
                row.getString("url"),
                row.getString("problem"),
                row.getString("reason"),
                row.getObject("at", OffsetDateTime.class));
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
