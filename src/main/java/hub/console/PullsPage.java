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
    private final Reasons reasons;

    PullsPage(
            Pulls pulls,
            Ranges ranges,
            Backfills backfills,
            MessageSource messages,
            RoleHierarchy roles,
            Clock clock,
            Reasons reasons) {
        this.pulls = pulls;
        this.ranges = ranges;
        this.backfills = backfills;
        this.messages = messages;
        this.roles = roles;
        this.clock = clock;
        this.reasons = reasons;
    }

    /**
     * A pull with its times.
     *
     * @param why it was broken off, in the reader's language; empty when it was not
     * @param again when it is tried again; null unless it was broken off
     */
    record PullRow(
            PullProgress pull,
            String why,
            String began,
            @Nullable String again) {

        static PullRow of(PullProgress pull, String why) {
            Instant again = pull.againAt();
            return new PullRow(
                    pull, why, Seoul.second(pull.startedAt()), again == null ? null : Seoul.hourAndMinute(again));
        }
    }

    /** A range with why it failed or was refused, in the reader's language, and its times. */
    record RangeRow(
            Backfill range,
            String why,
            String asked,
            @Nullable Long eta) {}

    @GetMapping(PATH)
    String page(Model model, Authentication user, Locale language) {
        model.addAttribute("kinds", ranges.kinds());
        model.addAttribute(
                "mayAsk",
                roles.getReachableGrantedAuthorities(user.getAuthorities()).stream()
                        .anyMatch(may -> Role.OPERATOR.authority().equals(may.getAuthority())));
        return show(model, language, "pulls");
    }

    @GetMapping(PATH + "/live")
    String live(Model model, Locale language) {
        return show(model, language, "pulls :: live");
    }

    private String show(Model model, Locale language, String view) {
        Instant now = clock.instant();
        model.addAttribute(
                "pulls",
                pulls.progress().stream()
                        .map(pull -> PullRow.of(pull, reasons.in(language, pull.failure())))
                        .toList());
        model.addAttribute(
                "ranges",
                backfills.all().stream()
                        .map(range -> new RangeRow(
                                range,
                                reasons.in(language, range.why()),
                                Seoul.second(range.askedAt()),
                                range.etaSeconds(now)))
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
