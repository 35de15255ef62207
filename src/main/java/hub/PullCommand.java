package hub;

import hub.catalog.backfill.Backfill;
import hub.catalog.backfill.Backfills;
import hub.catalog.backfill.RangeRefusedException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.dao.DataAccessException;

/**
 * {@code java -jar dropship-hub.jar pull SUPPLIER --from=2026-11-01 [--to=…] [--lang=ko|en] [options of the hub]}: has
 * the hub that runs beside it read a range of a catalogue again, and shows how far it is until it is done.
 *
 * <p>Whoever may read the hub's database password may ask. Exit status: 0 done, 1 broken off, 2 refused or not taken.
 */
final class PullCommand {

    private static final int FAILED = 1;
    private static final int REFUSED = 2;
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int BAR = 20;

    private final String supplier;
    private final String from;
    private final @Nullable String to;
    private final ResourceBundleMessageSource messages = DoctorCommand.messages();
    private final Locale language;
    private final PrintWriter out;
    private final boolean terminal;

    private PullCommand(List<String> arguments, String from, PrintWriter out, boolean terminal) {
        this.supplier = arguments.get(1);
        this.from = from;
        this.to = value(arguments, "--to=").orElse(null);
        this.language = language(arguments);
        this.out = out;
        this.terminal = terminal;
    }

    static boolean isAsked(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals("pull");
    }

    @SuppressWarnings(
            "SystemConsoleNull") // from Java 22 on a file, too, gets one long line; its last words are the same
    static int run(String[] arguments) {
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            return run(arguments, out, System.console() != null);
        }
    }

    /**
     * Asks, shows how far it is, and gives the exit status.
     *
     * @param terminal whether one line may be written over the one before
     */
    static int run(String[] arguments, PrintWriter out, boolean terminal) {
        List<String> given = List.of(arguments);
        Optional<String> from = value(given, "--from=");
        if (given.size() < 2 || given.get(1).startsWith("-") || from.isEmpty()) {
            out.println(DoctorCommand.messages().getMessage("pull.usage", null, language(given)));
            return REFUSED;
        }
        return new PullCommand(given, from.get(), out, terminal).run(given);
    }

    private int run(List<String> arguments) {
        try (ConfigurableApplicationContext context = context(arguments)) {
            return follow(context.getBean(Backfills.class));
        } catch (RangeRefusedException e) {
            say("pull.refused", supplier, messages.getMessage("pulls.refused." + e.why(), e.values(), language));
            return REFUSED;
        } catch (DataAccessException e) {
            say("pull.nodatabase", String.valueOf(e.getMostSpecificCause().getMessage()));
            return REFUSED;
        } catch (RuntimeException e) {
            // The context has said why, in a sentence with its remedy.
            return REFUSED;
        }
    }

    private int follow(Backfills backfills) {
        backfills.ask(supplier, from, to, "command line");
        say("pull.asked", supplier, from, to == null ? "" : to);
        Instant asked = Instant.now();
        String shown = "";
        while (true) {
            Backfill now = backfills.of(supplier).orElseThrow();
            if (now.isOver()) {
                return outcome(now);
            }
            if (now.state().equals("asked") && asked.plus(TAKEN_WITHIN).isBefore(Instant.now())) {
                backfills.end(supplier, "refused", "no hub took it within " + TAKEN_WITHIN.toSeconds() + " s");
                say("pull.untaken", TAKEN_WITHIN.toSeconds());
                return REFUSED;
            }
            shown = now.state().equals("running") ? show(now, shown) : shown;
            pause();
        }
    }

    private int outcome(Backfill ended) {
        if (terminal) {
            out.println();
        }
        switch (ended.state()) {
            case "done" -> say("pull.done", supplier, ended.pages(), ended.items(), ended.rejected());
            case "failed" -> say("pull.failed", supplier, ended.pages(), ended.why());
            default -> say("pull.refused", supplier, ended.why());
        }
        return ended.state().equals("done") ? 0 : ended.state().equals("failed") ? FAILED : REFUSED;
    }

    /** A line where it can be written over; else a new one, whenever something changed. */
    private String show(Backfill now, String before) {
        Long eta = now.etaSeconds(Instant.now());
        String line = text(
                "pull.bar",
                supplier,
                bar(now),
                now.ofPages() == null ? Integer.toString(now.pages()) : now.pages() + "/" + now.ofPages(),
                now.items(),
                now.rejected(),
                eta == null ? "" : text("pull.left", eta));
        if (terminal) {
            out.print("\r" + line + " ".repeat(Math.max(0, before.length() - line.length())));
            out.flush();
        } else if (!line.equals(before)) {
            out.println(line);
        }
        return line;
    }

    private static String bar(Backfill now) {
        Integer of = now.ofPages();
        int full = of == null || of == 0 ? 0 : Math.min(BAR, BAR * now.pages() / of);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    private static void pause() {
        try {
            boolean never = new CountDownLatch(1).await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            assert !never;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static ConfigurableApplicationContext context(List<String> arguments) {
        List<String> given = new ArrayList<>(arguments.subList(2, arguments.size()));
        given.removeIf(argument -> argument.matches("--(from|to|lang)=.*"));
        given.add("--hub.command=pull");
        given.add("--logging.level.root=WARN");
        return new SpringApplicationBuilder(PullContext.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .run(given.toArray(String[]::new));
    }

    private void say(String code, Object... values) {
        out.println(text(code, values));
    }

    private String text(String code, Object... values) {
        return messages.getMessage(code, values, language);
    }

    private static Optional<String> value(List<String> arguments, String name) {
        return arguments.stream()
                .filter(argument -> argument.startsWith(name))
                .map(argument -> argument.substring(name.length()))
                .findFirst();
    }

    private static Locale language(List<String> arguments) {
        return value(arguments, "--lang=")
                        .orElse(Locale.getDefault().getLanguage())
                        .equals("ko")
                ? Locale.KOREAN
                : Locale.ENGLISH;
    }
}
