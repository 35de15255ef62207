package hub.console;

import hub.partner.Partners;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /}: how the hub stands, for people; its live part is asked for again every 2 s. */
@Controller
class ConsolePage {

    private final StatusBoard board;
    private final Partners partners;

    ConsolePage(StatusBoard board, Partners partners) {
        this.board = board;
        this.partners = partners;
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
        model.addAttribute("flights", StatusView.flights(partners.all()));
        return view;
    }
}
