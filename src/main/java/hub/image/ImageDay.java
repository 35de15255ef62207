package hub.image;

import java.time.LocalDate;

/**
 * What became of pictures on one day of Seoul.
 *
 * @param kept went as they were
 * @param reused were at the market already
 * @param bytesIn fetched
 * @param bytesOut made for upload
 * @param bytesSaved by converting; below 0 where pictures grew to fit a rule
 */
public record ImageDay(
        LocalDate day,
        long converted,
        long kept,
        long reused,
        long refused,
        long bytesIn,
        long bytesOut,
        long bytesSaved) {}
