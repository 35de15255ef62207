package hub.console;

import hub.doctor.Doctor;
import hub.doctor.Sentences;
import hub.partner.Stop;
import hub.partner.Stops;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/** {@code /doctor}: the newest report on the partners, and for operators a button that examines them now. */
@Controller
class DoctorPage {

    private static final String PATH = "/doctor";

    private final Doctor doctor;
    private final Stops stops;
    private final MessageSource messages;
    private final RoleHierarchy roles;
    private final Reasons reasons;

    /** A stop as the page shows it. */
    record Row(String partner, Stop.Kind kind, String operation, String why) {}

    DoctorPage(Doctor doctor, Stops stops, MessageSource messages, RoleHierarchy roles, Reasons reasons) {
        this.doctor = doctor;
        this.stops = stops;
        this.messages = messages;
        this.roles = roles;
        this.reasons = reasons;
    }

    @GetMapping(PATH)
    String page(Model model, Authentication user, Locale language) {
        Sentences sentences = new Sentences(messages, language);
        doctor.last().ifPresent(report -> {
            model.addAttribute("head", sentences.head(report));
            model.addAttribute("sum", sentences.sum(report));
            model.addAttribute("healthy", report.healthy());
            model.addAttribute("findings", sentences.told(report));
        });
        model.addAttribute("stops", stopped(language));
        model.addAttribute(
                "mayExamine",
                roles.getReachableGrantedAuthorities(user.getAuthorities()).stream()
                        .anyMatch(may -> Role.OPERATOR.authority().equals(may.getAuthority())));
        return "doctor";
    }

    private List<Row> stopped(Locale language) {
        return stops.all().stream()
                .map(stop -> new Row(stop.partner(), stop.kind(), stop.operation(), reasons.in(language, stop.why())))
                .toList();
    }

    @PostMapping(PATH)
    String examine() {
        doctor.examine();
        return "redirect:" + PATH;
    }
}
