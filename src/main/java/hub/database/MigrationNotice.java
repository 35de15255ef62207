package hub.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Says what an upgrade of the database does while it does it: a start that says nothing for minutes looks hung, and is
 * killed. The tables of a new database are made in a second and without a word.
 */
@Component
public class MigrationNotice extends BaseCallback {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationNotice.class);

    private boolean isUpgrade;

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_MIGRATE || event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public void handle(Event event, Context context) {
        if (event == Event.BEFORE_MIGRATE) {
            isUpgrade = hasTables(context);
        } else if (isUpgrade) {
            MigrationInfo step = context.getMigrationInfo();
            LOG.info(
                    "Upgrading the database, step {} ({}). Selling waits for it, minutes with millions of products; do not"
                            + " stop it: a step that is broken off begins again",
                    step.getVersion(),
                    step.getDescription());
        }
    }

    private static boolean hasTables(Context context) {
        try (Statement ask = context.getConnection().createStatement();
                ResultSet answer = ask.executeQuery("select to_regclass('product') is not null")) {
            return answer.next() && answer.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException("whether the database is new", e);
        }
    }
}
