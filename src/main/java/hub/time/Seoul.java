package hub.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Days and times of Seoul, and how a person reads them: to the minute or the second, with or without the year. */
public final class Seoul {

    public static final ZoneId ZONE = ZoneId.of("Asia/Seoul");

    private static final DateTimeFormatter TIME_OF_DAY = form("HH:mm:ss");
    private static final DateTimeFormatter HOUR_AND_MINUTE = form("HH:mm");
    private static final DateTimeFormatter MINUTE = form("MM-dd HH:mm");
    private static final DateTimeFormatter SECOND = form("MM-dd HH:mm:ss");
    private static final DateTimeFormatter DATED_MINUTE = form("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter DATED_SECOND = form("yyyy-MM-dd HH:mm:ss");

    private Seoul() {}

    /** Which day it is in Seoul. */
    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }

    /** When a day begins in Seoul. */
    public static Instant begin(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** Such as {@code 21:05:09}. */
    public static String timeOfDay(Instant at) {
        return TIME_OF_DAY.format(at);
    }

    /** Such as {@code 21:05}. */
    public static String hourAndMinute(Instant at) {
        return HOUR_AND_MINUTE.format(at);
    }

    /** Such as {@code 11-26 21:05}. */
    public static String minute(Instant at) {
        return MINUTE.format(at);
    }

    /** Such as {@code 11-26 21:05:09}. */
    public static String second(Instant at) {
        return SECOND.format(at);
    }

    /** Such as {@code 2026-11-26 21:05}. */
    public static String datedMinute(Instant at) {
        return DATED_MINUTE.format(at);
    }

    /** Such as {@code 2026-11-26 21:05:09}. */
    public static String datedSecond(Instant at) {
        return DATED_SECOND.format(at);
    }

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZONE);
    }
}
