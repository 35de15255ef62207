package hub.image;

import hub.partner.OpenFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is remembered of pictures over restarts: what lay where, and where markets keep it. Thread-safe. */
final class PictureLedger {

    private static final String SOURCE = """
            select content_hash, format, width, height, orientation, bytes, etag, last_modified,
                   checked_at > now() - :keep * interval '1 second' as fresh
            from image_source where url_hash = :urlHash
            """;
    private static final String REMEMBER = """
            insert into image_source (url_hash, content_hash, format, width, height, orientation, bytes, etag, last_modified)
            values (:urlHash, :hash, :format, :width, :height, :orientation, :bytes, :etag, :lastModified)
            on conflict (url_hash) do update set content_hash = excluded.content_hash, format = excluded.format,
              width = excluded.width, height = excluded.height, orientation = excluded.orientation,
              bytes = excluded.bytes, etag = excluded.etag, last_modified = excluded.last_modified, checked_at = now()
            """;
    private static final String HOSTED = """
            insert into image_hosted (market, account, content_hash, rule, url)
            values (:market, :account, :hash, :rule, :url)
            on conflict (market, account, content_hash, rule) do update set url = excluded.url, used_at = now()
            """;

    private final JdbcClient database;

    PictureLedger(JdbcClient database) {
        this.database = database;
    }

    Optional<Source> source(String url, Duration keep) {
        return database.sql(SOURCE)
                .param("urlHash", urlHash(url))
                .param("keep", keep.toSeconds())
                .query((row, n) -> new Source(
                        sighting(row), row.getString("etag"), row.getString("last_modified"), row.getBoolean("fresh")))
                .optional();
    }

    /** What lies there now. */
    void lies(String url, Sighting picture, OpenFile file) {
        PictureHeader header = picture.header();
        database.sql(REMEMBER)
                .param("urlHash", urlHash(url))
                .param("hash", picture.contentHash())
                .param("format", header.format().name())
                .param("width", header.width())
                .param("height", header.height())
                .param("orientation", header.orientation())
                .param("bytes", picture.bytes())
                .param("etag", short500(file.etag()))
                .param("lastModified", short500(file.lastModified()))
                .update();
    }

    private static Sighting sighting(ResultSet row) throws SQLException {
        PictureHeader header = new PictureHeader(
                PictureFormat.valueOf(row.getString("format")),
                row.getInt("width"),
                row.getInt("height"),
                row.getInt("orientation"));
        return new Sighting(row.getString("content_hash"), header, row.getInt("bytes"), null);
    }

    void unchanged(String url) {
        database.sql("update image_source set checked_at = now() where url_hash = :urlHash")
                .param("urlHash", urlHash(url))
                .update();
    }

    Optional<String> hosted(Shelf shelf, String contentHash, String rule) {
        return database.sql("""
                        update image_hosted set used_at = now()
                        where market = :market and account = :account and content_hash = :hash and rule = :rule
                        returning url
                        """)
                .param("market", shelf.market())
                .param("account", shelf.account())
                .param("hash", contentHash)
                .param("rule", rule)
                .query(String.class)
                .optional();
    }

    /** @param key of the picture in the folder */
    void host(Shelf shelf, String key, String url) {
        database.sql(HOSTED)
                .param("market", shelf.market())
                .param("account", shelf.account())
                .param("hash", PictureFolder.contentHash(key))
                .param("rule", PictureFolder.rule(key))
                .param("url", url)
                .update();
    }

    /** The market does not know these any more. */
    int lost(Shelf shelf, List<String> urls) {
        return database.sql("delete from image_hosted where market = :market and account = :account and url in (:urls)")
                .param("market", shelf.market())
                .param("account", shelf.account())
                .param("urls", urls)
                .update();
    }

    /** Drops what nobody used for that long. */
    void forget(Duration unused) {
        for (String table :
                List.of("image_source where checked_at", "image_hosted where used_at", "image_refused where at")) {
            database.sql("delete from " + table + " < now() - :unused * interval '1 second'")
                    .param("unused", unused.toSeconds())
                    .update();
        }
    }

    private static byte[] urlHash(String url) {
        return DigestUtils.sha256(url);
    }

    /** A longer one is no use to anybody, and would be sent back with every question. */
    private static @Nullable String short500(@Nullable String text) {
        return text == null || text.length() > 500 ? null : text;
    }
}
