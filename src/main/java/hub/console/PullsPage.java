package hub.console;

import hub.catalog.PullProgress;
import hub.catalog.Pulls;
import hub.catalog.Ranges;
import hub.catalog.backfill.Backfill;
import hub.catalog.backfill.Backfills;
import hub.catalog.backfill.RangeRefusedException;
import hub.time.Seoul;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /pulls}: how far catalogues are read, asked for again every 2 s; operators have a range read again. */
@Controller
class PullsPage {

    private static final String PATH = "/pulls";
    private final Pulls pulls;
    private final Ranges ranges;
    private final Backfills backfills;
    private final MessageSource messages;
    private final RoleHierarchy roles;
    private final Clock clock;

    PullsPage(
            Pulls pulls, Ranges ranges, Backfills backfills, MessageSource messages, RoleHierarchy roles, Clock clock) {
        this.pulls = pulls;
        this.ranges = ranges;
        this.backfills = backfills;
        this.messages = messages;
        this.roles = roles;
        this.clock = clock;
    }

    /**
     * A pull with its times.
     *
     * @param again when it is tried again; null unless it was broken off
     */
    record PullRow(
            PullProgress pull, String began, @Nullable String again) {

        static PullRow of(PullProgress pull) {
            Instant again = pull.againAt();
            return new PullRow(pull, Seoul.second(pull.startedAt()), again == null ? null : Seoul.hourAndMinute(again));
        }
    }

    /** A range with its times. */
    record RangeRow(Backfill range, String asked, @Nullable Long eta) {}

    @GetMapping(PATH)
    String page(Model model, Authentication user) {
        model.addAttribute("kinds", ranges.kinds());
        model.addAttribute(
                "mayAsk",
                roles.getReachableGrantedAuthorities(user.getAuthorities()).stream()
                        .anyMatch(may -> Role.OPERATOR.authority().equals(may.getAuthority())));
        return show(model, "pulls");
    }

    @GetMapping(PATH + "/live")
    String live(Model model) {
        return show(model, "pulls :: live");
    }

    private String show(Model model, String view) {
        Instant now = clock.instant();
        model.addAttribute("pulls", pulls.progress().stream().map(PullRow::of).toList());
        model.addAttribute(
                "ranges",
                backfills.all().stream()
                        .map(range -> new RangeRow(range, Seoul.second(range.askedAt()), range.etaSeconds(now)))
                        .toList());
        return view;
    }

    @PostMapping(PATH)
    String ask(
            @RequestParam("supplier") String supplier,
            @RequestParam("from") String from,
            @RequestParam("to") String to,
            Principal user,
            Locale language,
            RedirectAttributes after) {
        try {
            ranges.ask(supplier, from.strip(), to.isBlank() ? null : to.strip(), user.getName());
            after.addFlashAttribute("asked", supplier);
        } catch (RangeRefusedException e) {
            after.addFlashAttribute(
                    "refused", messages.getMessage("pulls.refused." + e.why().name(), e.values(), language));
        }
        return "redirect:" + PATH;
    }
}
