package hub.console;

import hub.partner.Stop;
import java.security.Principal;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * {@code POST /api/stops} with {@code partner}, {@code kind}, {@code operation} as {@code GET} shows them, and
 * {@code why}: lifts a stop. {@code POST /stops} does the same for the button of the page.
 *
 * <p>Errors, as {@code {"error": …}}: 400 no such kind, or no reason; 404 nothing of it is stopped.
 */
@Controller
class StopsApi {

    private final StopDesk desk;

    StopsApi(StopDesk desk) {
        this.desk = desk;
    }

    @PostMapping(StatusApi.STOPS)
    ResponseEntity<Map<String, Object>> lift(
            @RequestParam(name = "partner") String partner,
            @RequestParam(name = "kind") Stop.Kind kind,
            @RequestParam(name = "operation") String operation,
            @RequestParam(name = "why", defaultValue = "") String why,
            Principal user) {
        return desk.lift(partner, kind, operation, why, user.getName())
                ? answer(200, Map.of("partner", partner, "kind", kind, "operation", operation, "lifted", true))
                : answer(
                        404, Map.of("error", "nothing of " + partner + "/" + operation + " is stopped (" + kind + ")"));
    }

    @PostMapping("/stops")
    String lifted(
            @RequestParam(name = "partner") String partner,
            @RequestParam(name = "kind") Stop.Kind kind,
            @RequestParam(name = "operation") String operation,
            @RequestParam(name = "why", defaultValue = "") String why,
            Principal user,
            RedirectAttributes after) {
        after.addFlashAttribute("lifted", desk.lift(partner, kind, operation, why, user.getName()));
        return "redirect:/doctor";
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(IllegalArgumentException refused) {
        return answer(400, Map.of("error", String.valueOf(refused.getMessage())));
    }

    private static ResponseEntity<Map<String, Object>> answer(int status, Map<String, Object> body) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body);
    }
}
