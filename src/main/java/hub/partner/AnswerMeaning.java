package hub.partner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.NullNode;
import hub.partner.Partner.Answer;
import hub.partner.Permissions.Alone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of one partner means: our call is done, is refused in the partner's words, comes again, or nobody
 * knows. What it says of pauses and allowances is told on. Thread-safe.
 */
final class AnswerMeaning {

    /**
     * Until what is refused alone is tried again, as where a permission is missing; of an operation, seven of its
     * refusals in a row stop it.
     */
    private static final Duration LACKING = Duration.ofMinutes(10);

    private final PartnerSettings settings;
    private final News news;
    private final CallCount counts;

    AnswerMeaning(PartnerSettings settings, News news, CallCount counts) {
        this.settings = settings;
        this.news = news;
        this.counts = counts;
    }

    /**
     * The class of an answer.
     *
     * @param alone what we are refused, and others not: then only that waits
     * @return {@code ok}, or {@code final} when the partner refuses our data
     * @throws PartnerCallException in every other case
     */
    Answer of(String operation, Outgoing call, Incoming answer, Alone alone) {
        int status = answer.status();
        learn(operation, answer);
        if (status >= 200 && status < 300) {
            return parsed(operation, call, answer);
        }
        if (alone != Alone.NOTHING) {
            throw new PartnerCallException("retry", status, alone(operation, answer, alone), LACKING, null);
        }
        if (status == 429 || status == 401 || status == 403) {
            String why = refusal(operation, answer);
            Duration wait = pause(operation, answer, why);
            throw new PartnerCallException("retry", status, why, wait, null);
        }
        if (status == 503 && answer.header("retry-after") != null) {
            pause(operation, answer, where(operation) + "is away (status 503): " + excerpt(answer));
        }
        if (status == 408 || status == 409 || status < 400 || status >= 500) {
            throw unclear(operation, call, status, "got status " + status + ": " + excerpt(answer), null);
        }
        return refused(operation, call, answer);
    }

    /** In words, that we are refused this and not others. */
    String alone(String operation, Incoming answer, Alone alone) {
        return refusal(operation, answer)
                + (alone == Alone.OPERATION
                        ? ". Others are answered, so that its permission is missing: ask the partner for it"
                        : ". Others are answered, so that it is about this call: look at what it says, or ask the partner");
    }

    /** For as long as the partner asks, and where it does not, longer each time. */
    private Duration pause(String operation, Incoming answer, String why) {
        Duration asked = RetryAfter.of(answer.header("retry-after"), answer.header("date"), Duration.ZERO);
        if (!asked.isZero()) {
            news.tell(watch -> watch.limited(settings.name(), operation, asked, why));
            return asked;
        }
        return news.ask(watch -> pause(watch, operation, answer, why), Duration.ofMinutes(1));
    }

    private Duration pause(AnswerWatch watch, String operation, Incoming answer, String why) {
        if (answer.status() != 429) {
            return watch.limited(settings.name(), operation, why);
        }
        Duration refill = refill(answer);
        return refill.isZero()
                ? watch.tooMany(settings.name(), operation, why)
                : watch.emptied(settings.name(), operation, refill, why);
    }

    /** How long the partner's empty bucket takes to gain two calls; zero where it states no rate or is not empty. */
    private static Duration refill(Incoming answer) {
        String rate = answer.header("gncp-gw-ratelimit-replenish-rate");
        boolean empty = "0".equals(answer.header("gncp-gw-ratelimit-remaining"));
        boolean stated = empty && rate != null && rate.matches("[1-9][0-9]{0,3}");
        return stated ? Duration.ofMillis(Math.max(1_000, 2_000 / Integer.parseInt(rate))) : Duration.ZERO;
    }

    /** A refusal counts in the partner's own words only: a page of some gateway says nothing about our data. */
    private Answer refused(String operation, Outgoing call, Incoming answer) {
        String why = "is refused (status " + answer.status() + "): " + excerpt(answer);
        try {
            return new Answer("final", answer.status(), where(operation) + why, AnswerReader.read(answer, call));
        } catch (AnswerRefusedException e) {
            throw unclear(operation, call, answer.status(), why + "; " + e.getMessage(), e);
        } catch (IOException e) {
            throw unclear(operation, call, answer.status(), why + ", which is no " + call.as(), e);
        }
    }

    private Answer parsed(String operation, Outgoing call, Incoming answer) {
        if (isDoneInSilence(call, answer)) {
            return new Answer("ok", answer.status(), "", NullNode.getInstance());
        }
        try {
            if (answer.spool() != null) {
                AnswerPages pages = AnswerPages.of(answer.spool(), call.each());
                return new Answer("ok", answer.status(), "", NullNode.getInstance(), pages);
            }
            return new Answer("ok", answer.status(), "", AnswerReader.read(answer, call));
        } catch (AnswerRefusedException e) {
            throw unclear(operation, call, answer.status(), "got no answer that can be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw unclear(
                    operation,
                    call,
                    answer.status(),
                    answer.body().length == 0 && !call.safe()
                            ? empty(answer.status())
                            : "got an answer that is no " + call.as() + " (" + reason(e) + "): " + excerpt(answer),
                    e);
        }
    }

    private static String empty(int status) {
        return "got an empty answer (status " + status + "), which proves nothing; where the partner's contract says it"
                + " is empty, write as: \"text\" beside the path in the request of this operation (….request.jq)";
    }

    /**
     * 204 and 205 are success without a body by definition, and a mapping that needs one says so. A reading that says
     * nothing was not read, and any other status without its body may come from a gateway on the way.
     *
     * <p>Source: RFC 9110, 15.3.5 and 15.3.6.
     */
    private static boolean isDoneInSilence(Outgoing call, Incoming answer) {
        boolean bodiless = answer.status() == 204 || answer.status() == 205;
        return bodiless
                && answer.body().length == 0
                && !call.safe()
                && !call.as().equals("text");
    }

    /** A call of which it is not known whether it was accepted; one that changes nothing may be made again. */
    PartnerCallException unclear(String operation, Outgoing call, int status, String what, @Nullable Exception e) {
        counts.refused(operation, e);
        String outcome = call.safe() ? "retry" : "unknown";
        return new PartnerCallException(outcome, status, where(operation) + what, Outgoing.RETRY, e);
    }

    /** How a refusal is told, in the partner's own words. */
    String refusal(String operation, Incoming answer) {
        return where(operation) + "is refused (status " + answer.status() + "): " + excerpt(answer);
    }

    /** Whether the partner itself says so, be it without a word; a page of some gateway is not its word. */
    static boolean isTheirWord(Incoming answer, Outgoing call) {
        String text = new String(answer.body(), StandardCharsets.US_ASCII).stripLeading();
        return !text.startsWith("<") || isReadable(answer, call);
    }

    private static boolean isReadable(Incoming answer, Outgoing call) {
        try {
            return !AnswerReader.read(answer, call).isMissingNode();
        } catch (IOException e) {
            return false;
        }
    }

    /** Naver: tokens a second, their burst, and how many are left, on every answer. */
    private void learn(String operation, Incoming answer) {
        String rate = answer.header("gncp-gw-ratelimit-replenish-rate");
        String burst = answer.header("gncp-gw-ratelimit-burst-capacity");
        String left = answer.header("gncp-gw-ratelimit-remaining");
        if (rate != null && burst != null && left != null && isCount(rate) && isCount(burst) && isCount(left)) {
            news.tell(watch -> watch.allowance(
                    settings.name(),
                    operation,
                    Integer.parseInt(rate),
                    Integer.parseInt(burst),
                    Integer.parseInt(left)));
        }
    }

    private static boolean isCount(String text) {
        return text.matches("[0-9]{1,9}");
    }

    /** How a sentence about a call begins. */
    String where(String operation) {
        return settings.name() + "/" + operation + " ";
    }

    private String excerpt(Incoming answer) {
        return cut(answer.charset().text(answer.body()), 300);
    }

    /**
     * What the parser says of it: a name that stands twice, or what follows behind the end, is not seen at a glance.
     */
    private String reason(IOException e) {
        String said = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return cut(String.valueOf(said), 120);
    }

    private String cut(String text, int most) {
        String masked = settings.masked(text.replaceAll("\\s+", " ").trim());
        return masked.length() > most ? masked.substring(0, most) + "…" : masked;
    }
}
