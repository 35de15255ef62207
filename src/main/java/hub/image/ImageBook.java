package hub.image;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What became of pictures: as meters of this process, and a row a day over all processes and restarts. Thread-safe.
 *
 * <p>Meters: {@code hub.images} by {@code what} (and {@code problem} of a refused one), {@code hub.images.bytes} by
 * {@code way}: in, out, saved by converting, and grown to fit a rule.
 */
final class ImageBook {

    private static final String ADD = """
            insert into image_day as d (day, converted, kept, reused, refused, bytes_in, bytes_out, bytes_saved)
            values ((now() at time zone 'Asia/Seoul')::date, :converted, :kept, :reused, :refused, :in, :out, :saved)
            on conflict (day) do update set converted = d.converted + excluded.converted, kept = d.kept + excluded.kept,
              reused = d.reused + excluded.reused, refused = d.refused + excluded.refused,
              bytes_in = d.bytes_in + excluded.bytes_in, bytes_out = d.bytes_out + excluded.bytes_out,
              bytes_saved = d.bytes_saved + excluded.bytes_saved
            """;

    private enum Sum {
        CONVERTED,
        KEPT,
        REUSED,
        REFUSED,
        IN,
        OUT,
        SAVED
    }

    private final JdbcClient database;
    private final MeterRegistry meters;
    private final Map<Sum, Long> unwritten = new EnumMap<>(Sum.class);

    ImageBook(JdbcClient database, MeterRegistry meters) {
        this.database = database;
        this.meters = meters;
    }

    void fetched(int bytes) {
        bytes("in", bytes);
        add(Sum.IN, bytes);
    }

    void made(Picture picture, int before) {
        long out = picture.bytes().length;
        count(picture.kept() ? "kept" : "converted", "");
        bytes("out", out);
        bytes(before < out ? "grown" : "saved", Math.abs(before - out));
        add(picture.kept() ? Sum.KEPT : Sum.CONVERTED, 1);
        add(Sum.OUT, out);
        add(Sum.SAVED, before - out);
    }

    /** It goes by its own address. */
    void fits() {
        count("kept", "");
        add(Sum.KEPT, 1);
    }

    void reused() {
        count("reused", "");
        add(Sum.REUSED, 1);
    }

    void refused(ImageProblem problem) {
        count("refused", problem.meter());
        add(Sum.REFUSED, 1);
    }

    /** Adds what was counted since the last time to the row of today. */
    void write() {
        Map<Sum, Long> sums = taken();
        if (!sums.isEmpty()) {
            database.sql(ADD)
                    .param("converted", sums.getOrDefault(Sum.CONVERTED, 0L))
                    .param("kept", sums.getOrDefault(Sum.KEPT, 0L))
                    .param("reused", sums.getOrDefault(Sum.REUSED, 0L))
                    .param("refused", sums.getOrDefault(Sum.REFUSED, 0L))
                    .param("in", sums.getOrDefault(Sum.IN, 0L))
                    .param("out", sums.getOrDefault(Sum.OUT, 0L))
                    .param("saved", sums.getOrDefault(Sum.SAVED, 0L))
                    .update();
        }
    }

    /** The newest days first. */
    List<ImageDay> days(int atMost) {
        return database.sql("select * from image_day order by day desc limit :n")
                .param("n", atMost)
                .query((row, n) -> new ImageDay(
                        row.getObject("day", LocalDate.class),
                        row.getLong("converted"),
                        row.getLong("kept"),
                        row.getLong("reused"),
                        row.getLong("refused"),
                        row.getLong("bytes_in"),
                        row.getLong("bytes_out"),
                        row.getLong("bytes_saved")))
                .list();
    }

    private synchronized void add(Sum sum, long n) {
        unwritten.merge(sum, n, Long::sum);
    }

    private synchronized Map<Sum, Long> taken() {
        Map<Sum, Long> taken = new EnumMap<>(Sum.class);
        taken.putAll(unwritten);
        unwritten.clear();
        return taken;
    }

    private void count(String what, String problem) {
        meters.counter("hub.images", "what", what, "problem", problem).increment();
    }

    private void bytes(String way, long n) {
        meters.counter("hub.images.bytes", "way", way).increment((double) n);
    }
}
