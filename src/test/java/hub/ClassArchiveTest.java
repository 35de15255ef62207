package hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {

    @TempDir
    Path home;

    @AfterEach
    void forget() {
        System.clearProperty("hub.start.archive");
    }

    @Test
    void first_start_notes_its_classes_and_the_next_one_maps_them_in() throws IOException {
        new JarOutputStream(Files.newOutputStream(home.resolve("dropship-hub.jar")), new Manifest()).close();
        Files.writeString(noted(), "java/lang/Object id: 0\njava/lang/String id: 1\njava/lang/Str");

        ClassArchive.afterStart();

        Path archive = home.resolve("classes-" + Runtime.version() + ".jsa");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(archive));
        assertThat(new ClassArchive(home).options()).contains("-XX:SharedArchiveFile=" + archive);
    }

    @Test
    void archive_that_cannot_be_made_leaves_the_next_start_a_first_one() throws IOException {
        Files.writeString(noted(), "java/lang/Object id: 0\n");
        ClassArchive.afterStart(); // the jar is missing, as in a cache that was cleaned
        assertThat(new ClassArchive(home).options()).noneMatch(option -> option.contains("SharedArchiveFile"));
    }

    /** The file in which the JVM of a first start notes its classes. */
    private Path noted() {
        Path noted = home;
        for (String option : new ClassArchive(home).options()) {
            String value = option.substring(option.indexOf('=') + 1);
            if (option.startsWith("-D")) {
                System.setProperty(option.substring(2, option.indexOf('=')), value);
            } else if (option.startsWith("-XX:DumpLoadedClassList")) {
                noted = Path.of(value);
            }
        }
        return noted;
    }
}
