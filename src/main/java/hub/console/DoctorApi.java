package hub.console;

import hub.doctor.Doctor;
import hub.doctor.Report;
import hub.doctor.Sentences;
import hub.doctor.Sentences.Told;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/doctor}: the newest report on the partners; {@code POST /api/doctor} examines them now, which takes
 * up to {@code hub.doctor.deadline} for each {@code at-once} of them.
 *
 * <p>Answers: 200 nothing is bad, or nobody has examined yet ({@code examined: false}); 503 something is bad.
 */
@RestController
class DoctorApi {

    static final String PATH = "/api/doctor";

    private final Doctor doctor;
    private final MessageSource messages;

    DoctorApi(Doctor doctor, MessageSource messages) {
        this.doctor = doctor;
        this.messages = messages;
    }

    /**
     * A report in words.
     *
     * @param examined whether anybody has examined since the start; nothing else is known when not
     * @param tookMs milliseconds
     */
    record Answer(
            boolean examined,
            @Nullable Boolean healthy,
            @Nullable Instant at,
            @Nullable Long tookMs,
            List<Told> findings) {

        static final Answer NONE = new Answer(false, null, null, null, List.of());
    }

    @GetMapping(PATH)
    ResponseEntity<Object> last(Locale language) {
        return doctor.last()
                .map(report -> answer(report, language))
                .orElseGet(() -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(Answer.NONE));
    }

    @PostMapping(PATH)
    ResponseEntity<Object> examine(Locale language) {
        return answer(doctor.examine(), language);
    }

    private ResponseEntity<Object> answer(Report report, Locale language) {
        Answer answer = new Answer(
                true,
                report.healthy(),
                report.at(),
                report.took().toMillis(),
                new Sentences(messages, language).told(report));
        return ResponseEntity.status(report.healthy() ? 200 : 503)
                .contentType(MediaType.APPLICATION_JSON)
                .body(answer);
    }
}
