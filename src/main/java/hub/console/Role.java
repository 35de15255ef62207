package hub.console;

import java.util.Locale;

/** What somebody may do; each role may do what those before it may. */
enum Role {
    /** Looks. */
    VIEWER,
    /** Changes routes of partners. */
    INTEGRATOR,
    /** Replays, pauses and decides. */
    OPERATOR,
    /** Changes users and secrets. */
    ADMIN;

    /** As {@code console_user.role} holds it. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Role ofColumn(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }

    /** As Spring Security calls it. */
    String authority() {
        return "ROLE_" + name();
    }
}
