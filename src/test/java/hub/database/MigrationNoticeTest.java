package hub.database;

import static org.assertj.core.api.Assertions.assertThat;

import hub.TestDatabase;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class MigrationNoticeTest {

    @Test
    void upgrade_names_each_step_and_a_new_database_none(CapturedOutput output) {
        DataSource database = TestDatabase.empty();

        migrate(database, "30");
        assertThat(output).as("new").doesNotContain("Upgrading");

        migrate(database, "33");
        assertThat(output)
                .contains("Upgrading the database, step 32 (shared token)", "step 33 (epoch)")
                .doesNotContain("step 30");
    }

    private static void migrate(DataSource database, String target) {
        Flyway.configure()
                .dataSource(database)
                .target(target)
                .callbacks(new MigrationNotice())
                .load()
                .migrate();
    }
}
