package hub;

import hub.doctor.Doctor;
import hub.doctor.Report;
import hub.doctor.Sentences;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;

/**
 * {@code java -jar dropship-hub.jar doctor [--lang=ko|en] [options of the hub]}: examines all partners and says what it
 * found.
 *
 * <p>Runs beside a hub, or without one; then servers and simulators are started for as long as it takes. Exit status: 0
 * nothing is bad, 1 something is, 2 nothing could be examined.
 */
final class DoctorCommand {

    private static final int BAD = 1;
    private static final int NOT_EXAMINED = 2;
    private static final String LANG = "--lang=";

    private DoctorCommand() {}

    static boolean isAsked(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("doctor");
    }

    /** Examines, prints, and gives the exit status. */
    static int run(String[] arguments) {
        // Not System.out: that is where a stray line of a library would land among the findings.
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            return run(arguments, out);
        }
    }

    static int run(String[] arguments, PrintWriter out) {
        try (ConfigurableApplicationContext context = context(arguments)) {
            Report report = context.getBean(Doctor.class).examine();
            new Sentences(messages(), language(arguments)).lines(report).forEach(out::println);
            return report.healthy() ? 0 : BAD;
        } catch (RuntimeException e) {
            // The context has said why, in a sentence with its remedy.
            return NOT_EXAMINED;
        }
    }

    private static ConfigurableApplicationContext context(String[] arguments) {
        List<String> given = new ArrayList<>(List.of(arguments));
        given.remove(0);
        given.removeIf(argument -> argument.startsWith(LANG));
        given.add("--hub.command=doctor");
        given.add("--logging.level.root=WARN");
        return new SpringApplicationBuilder(DoctorContext.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .initializers(DoctorContext::useRunningSimulators)
                .run(given.toArray(String[]::new));
    }

    private static Locale language(String[] arguments) {
        String chosen = List.of(arguments).stream()
                .filter(argument -> argument.startsWith(LANG))
                .map(argument -> argument.substring(LANG.length()))
                .findFirst()
                .orElse(Locale.getDefault().getLanguage());
        return chosen.equals("ko") ? Locale.KOREAN : Locale.ENGLISH;
    }

    static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        return messages;
    }
}
