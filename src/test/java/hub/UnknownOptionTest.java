package hub;

import static org.assertj.core.api.Assertions.assertThat;

import hub.queue.QueueOptions;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class UnknownOptionTest {

    @Test
    void misspelt_option_is_named_with_those_that_exist() {
        new ApplicationContextRunner()
                .withUserConfiguration(Options.class)
                .withPropertyValues("hub.queue.leese=1m")
                .run(context -> assertThat(new UnknownOption()
                                .analyze(context.getStartupFailure())
                                .getDescription())
                        .contains("hub.queue.leese (")
                        .contains("is not known; hub.queue takes [")
                        .contains("lease"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(QueueOptions.class)
    static class Options {}
}
