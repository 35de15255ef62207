package hub.catalog;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rejects of a test's database. */
public final class RejectsOf {

    private RejectsOf() {}

    public static Rejects database(DataSource database) {
        return new Rejects(new JdbcTemplate(database));
    }
}
