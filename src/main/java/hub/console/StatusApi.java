package hub.console;

import hub.partner.Stop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/status}: how the hub stands, for scripts; the header {@code Age} says how old the counts are. */
@RestController
class StatusApi {

    static final String PATH = "/api/status";
    static final String STOPS = "/api/stops";

    private final StatusBoard board;
    private final Clock clock;

    StatusApi(StatusBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    /** What is not called any more because a partner refused it again and again. */
    @GetMapping(STOPS)
    List<Stop> stops() {
        return board.status().stops();
    }

    @GetMapping(PATH)
    ResponseEntity<Status> status() {
        Status status = board.status();
        long age = Duration.between(status.countedAt(), clock.instant()).toSeconds();
        return ResponseEntity.ok()
                .header(HttpHeaders.AGE, Long.toString(Math.max(0, age)))
                .body(status);
    }
}
