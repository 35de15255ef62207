package hub.catalog.backfill;

import java.util.List;
import java.util.Locale;

/** A range that is not read. Final: the same range is refused again. Nothing was changed. */
public final class RangeRefusedException extends RuntimeException {

    private final Why why;
    private final transient List<Object> values;

    /** Why a range is refused; each has a sentence in the pages' languages. */
    public enum Why {
        NOT_READ("%s is not read by this hub; it reads %s"),
        NO_RANGES("%s cannot be asked for a part of its catalogue; read it whole: POST /api/pulls/%1$s?whole=true"),
        NEEDS_PAGES("%s is read by the numbers of its pages: give from=1 and to=20, not %s"),
        NEEDS_TIME("%s is read by the time of change: give a day in Korea (2026-11-01) or a moment"
                + " (2026-11-01T09:00:00+09:00), not %s"),
        FUTURE("%s is in the future; it is %s"),
        REVERSED("from=%s is behind to=%s"),
        BUSY("a range of %s is being read or waits to be, from %s; when it is done ask again");

        private final String sentence;

        Why(String sentence) {
            this.sentence = sentence;
        }
    }

    public RangeRefusedException(Why why, Object... values) {
        super(String.format(Locale.ROOT, why.sentence, values));
        this.why = why;
        this.values = List.of(values);
    }

    public Why why() {
        return why;
    }

    /** In English, for programs. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    public Object[] values() {
        return values.toArray();
    }
}
