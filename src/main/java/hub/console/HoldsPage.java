package hub.console;

import hub.catalog.Pulls;
import hub.catalog.guard.FeedHold;
import hub.catalog.guard.HoldDesk;
import hub.catalog.guard.HoldRefusedException;
import hub.catalog.guard.Holds;
import hub.time.Seoul;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** {@code /holds}: feeds and items that are not believed, and an operator's yes or no to each. */
@Controller
class HoldsPage {

    static final String PATH = "/holds";

    private static final int MOST = 200;
    private final Holds holds;
    private final HoldDesk desk;
    private final Pulls pulls;
    private final RoleHierarchy roles;
    private final Reasons reasons;

    HoldsPage(Holds holds, HoldDesk desk, Pulls pulls, RoleHierarchy roles, Reasons reasons) {
        this.holds = holds;
        this.desk = desk;
        this.pulls = pulls;
        this.roles = roles;
        this.reasons = reasons;
    }

    /** A feed with its reason in the reader's language, and its times. */
    record FeedRow(FeedHold hold, String why, String since, String lastAt) {}

    @GetMapping(PATH)
    String page(Model model, Authentication user, Locale language) {
        model.addAttribute(
                "feeds",
                holds.feeds().stream()
                        .map(feed -> new FeedRow(
                                feed,
                                reasons.in(language, feed.reason()),
                                Seoul.minute(feed.since()),
                                Seoul.minute(feed.lastAt())))
                        .toList());
        model.addAttribute(
                "items",
                holds.items(MOST).stream()
                        .map(item -> HeldRow.of(item, Seoul.minute(item.since())))
                        .toList());
        model.addAttribute("most", MOST);
        model.addAttribute(
                "mayDecide",
                roles.getReachableGrantedAuthorities(user.getAuthorities()).stream()
                        .anyMatch(may -> Role.OPERATOR.authority().equals(may.getAuthority())));
        return "holds";
    }

    /** Each {@code item} and {@code feed} is {@code supplier/sku or guard/hash} as it was shown. */
    @PostMapping(PATH)
    String decide(@RequestParam MultiValueMap<String, String> form, Principal user, RedirectAttributes after) {
        String decision = String.valueOf(form.getFirst("decision"));
        int done = 0;
        Map<String, Integer> refused = new TreeMap<>();
        for (String kind : List.of("feed", "item")) {
            for (String shown : form.getOrDefault(kind, List.of())) {
                try {
                    decide(kind, shown, decision, user.getName());
                    done++;
                } catch (HoldRefusedException e) {
                    refused.merge(e.why().name(), 1, Integer::sum);
                }
            }
        }
        after.addFlashAttribute("done", done);
        after.addFlashAttribute("decision", decision.equals("yes") ? "yes" : "no");
        after.addFlashAttribute("refused", refused);
        return "redirect:" + PATH;
    }

    private void decide(String kind, String shown, String decision, String actor) {
        int first = Math.max(0, shown.indexOf('/'));
        int last = Math.max(first, shown.lastIndexOf('/'));
        String supplier = shown.substring(0, first);
        String name = shown.substring(Math.min(first + 1, last), last);
        String hash = shown.substring(Math.min(last + 1, shown.length()));
        if (kind.equals("feed")) {
            desk.feed(supplier, name, hash, decision, actor);
            pulls.ask(supplier, false);
        } else {
            desk.item(supplier, name, hash, decision, actor);
        }
    }
}
