package hub.console;

import hub.database.DatabaseCheck;
import hub.database.DatabaseReport;
import hub.database.DatabaseWords;
import hub.time.Seoul;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** {@code /database}: the newest report on the database, and for operators a button that makes one now. */
@Controller
class DatabasePage {

    private static final String PATH = "/database";
    private final DatabaseCheck check;
    private final MessageSource messages;
    private final RoleHierarchy roles;

    DatabasePage(DatabaseCheck check, MessageSource messages, RoleHierarchy roles) {
        this.check = check;
        this.messages = messages;
        this.roles = roles;
    }

    @GetMapping(PATH)
    String page(Model model, Authentication user, Locale language) {
        DatabaseReport report = check.last().orElseGet(check::run);
        model.addAttribute("report", report);
        model.addAttribute("at", Seoul.second(report.at()));
        model.addAttribute("words", new DatabaseWords(messages, language));
        model.addAttribute(
                "mayLook",
                roles.getReachableGrantedAuthorities(user.getAuthorities()).stream()
                        .anyMatch(may -> Role.OPERATOR.authority().equals(may.getAuthority())));
        return "database";
    }

    @PostMapping(PATH)
    String look() {
        check.run();
        return "redirect:" + PATH;
    }
}
