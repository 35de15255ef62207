package hub.doctor;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How partners are examined, and from where on a finding is more than a note.
 *
 * @param deadline of one partner, its calls included
 * @param atOnce how many partners at once
 * @param clockOff two clocks that differ by more are a warning
 * @param clockRefused and by more than this are bad: Coupang and Naver refuse signatures then
 * @param slow a call that takes longer is a warning
 * @param certificateLeft a certificate that ends sooner is a warning
 * @param pause a report that is younger is given again instead of calling the partners once more
 */
@ConfigurationProperties(prefix = "hub.doctor", ignoreUnknownFields = false)
public record DoctorOptions(
        @DefaultValue("20s") Duration deadline,
        @DefaultValue("8") int atOnce,
        @DefaultValue("30s") Duration clockOff,
        @DefaultValue("5m") Duration clockRefused,
        @DefaultValue("3s") Duration slow,
        @DefaultValue("14d") Duration certificateLeft,
        @DefaultValue("10s") Duration pause) {

    public DoctorOptions {
        if (clockRefused.compareTo(clockOff) < 0) {
            throw new IllegalArgumentException(
                    "hub.doctor.clock-refused=" + clockRefused + ", it must not be less than clock-off=" + clockOff);
        }
        if (deadline.toMillis() < 1 || atOnce < 1 || atOnce > 64 || clockOff.isNegative() || pause.isNegative()) {
            throw new IllegalArgumentException("hub.doctor: deadline=" + deadline + ", at-once=" + atOnce
                    + ", clock-off=" + clockOff + ", pause=" + pause
                    + "; deadline must be above 0, at-once 1 to 64, the others not negative");
        }
    }
}
