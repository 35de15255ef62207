package hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlatJarTest {

    private static final String WHOLE = "hub.start.whole";

    @TempDir
    Path home;

    private Path archive;

    @BeforeEach
    void name() {
        archive = home.resolve("classes-" + Runtime.version() + ".jsa");
    }

    @AfterEach
    void forget() {
        System.clearProperty(WHOLE);
    }

    @Test
    void archive_of_a_whole_start_is_kept() throws IOException {
        start(true);
        new FlatJar(home).archive();
        assertThat(archive).exists();
    }

    @Test
    void archive_of_a_start_that_failed_is_written_anew() throws IOException {
        start(false);
        new FlatJar(home).archive();
        assertThat(archive).doesNotExist();
    }

    @Test
    void failed_start_after_a_whole_one_that_was_killed_is_not_taken_for_it() throws IOException {
        start(true);
        Files.delete(archive);
        start(false);
        new FlatJar(home).archive();
        assertThat(archive).doesNotExist();
    }

    /** What a hub does with its build's folder from its first to its last moment. */
    private void start(boolean whole) throws IOException {
        for (String option : new FlatJar(home).archive()) {
            if (option.startsWith("-D" + WHOLE)) {
                System.setProperty(WHOLE, option.substring(option.indexOf('=') + 1));
            }
        }
        if (whole) {
            FlatJar.started();
        }
        Files.writeString(archive, "classes");
    }
}
