package hub.console;

import hub.partner.Partners;
import java.time.Clock;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /}: how the hub stands, for people; its live part is asked for again every 2 s. */
@Controller
class ConsolePage {

    private final StatusBoard board;
    private final Partners partners;
    private final Clock clock;

    ConsolePage(StatusBoard board, Partners partners, Clock clock) {
        this.board = board;
        this.partners = partners;
        this.clock = clock;
    }

    @GetMapping("/")
    String page(Model model) {
        return show(model, "console");
    }

    @GetMapping("/live")
    String live(Model model) {
        return show(model, "console :: live");
    }

    @GetMapping(Security.LOGIN)
    String login() {
        return "login";
    }

    private String show(Model model, String view) {
        model.addAttribute("view", StatusView.of(board.status()));
        model.addAttribute("calls", CallsView.of(board.calls()));
        model.addAttribute("expiries", ExpiryRow.of(partners.all(), clock.instant()));
        model.addAttribute("flights", StatusView.flights(partners.all()));
        model.addAttribute("breakers", board.openBreakers());
        return view;
    }
}
