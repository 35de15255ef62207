package hub.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedInitializerTest {

    @TempDir
    private Path directory;

    @Test
    void beans_have_the_servers_from_first_to_last() {
        ConfigurableApplicationContext context = run("hub.embedded.data=" + directory);
        LastQuery last = context.getBean(LastQuery.class);
        assertThat(context.getBean(StringRedisTemplate.class).hasKey("anything"))
                .isFalse();

        context.close();

        assertThat(last.answered).isTrue();
        assertThat(new ServerProcesses(directory.resolve("postgres"), "postgres", directory).all())
                .isEmpty();
    }

    @Test
    void external_servers_are_used_as_configured_and_none_is_started() throws Exception {
        try (ConfigurableApplicationContext context = run(
                "hub.embedded.postgres=false",
                "hub.embedded.redis=false",
                "hub.embedded.data=" + directory,
                "spring.datasource.url=jdbc:postgresql://db.example/hub")) {
            assertThat(context.getEnvironment().getProperty("spring.datasource.url"))
                    .isEqualTo("jdbc:postgresql://db.example/hub");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void an_expected_failure_is_a_sentence_without_a_stack_trace(CapturedOutput output) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> run("hub.embedded.data=" + file.resolve("data")))
                .isInstanceOf(EmbeddedServerException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "hub.embedded.data")
                .doesNotContain("\tat ");
    }

    private static ConfigurableApplicationContext run(String... properties) {
        return new SpringApplicationBuilder(Beans.class)
                .web(WebApplicationType.NONE)
                .run(Stream.of(properties).map(property -> "--" + property).toArray(String[]::new));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(EmbeddedOptions.class)
    @ImportAutoConfiguration({DataSourceAutoConfiguration.class, RedisAutoConfiguration.class})
    static class Beans {

        @Bean
        LastQuery lastQuery(DataSource dataSource) {
            return new LastQuery(dataSource);
        }
    }

    /** A bean that still needs the database while it is destroyed. */
    static final class LastQuery implements AutoCloseable {

        private final DataSource dataSource;
        private boolean answered;

        LastQuery(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        @Override
        public void close() throws SQLException {
            try (Connection connection = dataSource.getConnection()) {
                answered = connection.isValid(1);
            }
        }
    }
}
