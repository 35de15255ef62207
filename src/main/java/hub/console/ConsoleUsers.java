package hub.console;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/** Who may log in, from table {@code console_user}. */
@Component
class ConsoleUsers implements UserDetailsService {

    private final JdbcClient database;

    ConsoleUsers(JdbcClient database) {
        this.database = database;
    }

    /** Adds a user; false when there is one of that name already, who is left as is. */
    boolean add(String name, String passwordHash, Role role) {
        return database.sql("""
                        insert into console_user (name, password_hash, role) values (?, ?, ?)
                        on conflict (name) do nothing
                        """).params(name, passwordHash, role.column()).update() == 1;
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        return find(name).orElseThrow(() -> new UsernameNotFoundException("no such user"));
    }

    private Optional<UserDetails> find(String name) {
        return database.sql("select name, password_hash, role from console_user where name = ?")
                .param(name)
                .query((row, n) -> User.withUsername(row.getString("name"))
                        .password(row.getString("password_hash"))
                        .authorities(Role.ofColumn(row.getString("role")).authority())
                        .build())
                .optional();
    }
}
