package hub.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFilterTest {

    private static final String CANARY = "canary+0123/456789=abcdef";

    private final LoggerContext context = new LoggerContext();
    private final PatternLayout layout = new PatternLayout();
    private final List<String> lines = new ArrayList<>();
    private final Logger log = context.getLogger("hub.test");

    @BeforeEach
    void logs_into_a_list() {
        KnownSecrets.add(CANARY);
        context.addTurboFilter(new SecretFilter());
        layout.setContext(context);
        layout.setPattern("%level %msg%n%ex");
        layout.start();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(layout.doLayout(event));
            }
        };
        appender.setContext(context);
        appender.start();
        log.addAppender(appender);
        log.setLevel(Level.INFO);
    }

    @Test
    void secret_is_masked_wherever_it_stands() {
        log.info("key is " + CANARY);
        log.info("key is {} of {}", CANARY, "coupang");
        log.atWarn().log("key is {}", CANARY);
        log.warn("it failed", new IllegalStateException("outer", new IOException("key " + CANARY + " is wrong")));
        log.error("it failed for {}", "x", failureWithSuppressed());

        assertThat(lines).hasSize(5);
        assertThat(String.join("", lines)).doesNotContain(CANARY).contains("***");
        assertThat(lines.get(1)).startsWith("INFO key is *** of coupang");
    }

    @Test
    void secret_is_masked_in_the_form_it_has_in_a_url() {
        log.info("GET /?k=canary%2B0123%2F456789%3Dabcdef");

        assertThat(lines).containsExactly("INFO GET /?k=***" + System.lineSeparator());
    }

    @Test
    void masked_exception_still_names_its_class_its_cause_and_its_place() {
        log.warn("it failed", new IllegalStateException("key " + CANARY, new IOException("below")));

        assertThat(lines.get(0))
                .contains("java.lang.IllegalStateException: key ***")
                .contains("at hub.logging.SecretFilterTest.masked_exception")
                .contains("Caused by: java.io.IOException: below")
                .doesNotContain("MaskedFailure");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: CEA algorithm=HmacSHA256, access-key=x, signed-date=1, signature=4cbd90d7b4",
                "Authorization: Bearer 4cbd90d7b4",
                "GET /xml/product?id=a&m_skey=4cbd90d7b4&page=1",
                "GET /ssl/api/?ver=4.1&aid=4cbd90d7b4&om=json",
                "GET /ssl/api/?sId=4cbd90d7b4",
                "{\"access_token\":\"4cbd90d7b4\",\"expires_in\":10800}"
            })
    void what_looks_like_a_secret_is_masked_though_nobody_knows_it(String line) {
        log.info(line);

        assertThat(lines.get(0)).doesNotContain("4cbd90d7b4").contains("***");
    }

    @Test
    void ordinary_line_is_logged_once_as_it_is() {
        log.info("{} paid=3 of {} orders, $1 each", "naver", 5);
        log.debug("not shown {}", CANARY);

        assertThat(lines).containsExactly("INFO naver paid=3 of 5 orders, $1 each" + System.lineSeparator());
    }

    private static Exception failureWithSuppressed() {
        Exception failure = new IOException("no secret here");
        failure.addSuppressed(new IllegalArgumentException(CANARY));
        return failure;
    }
}
