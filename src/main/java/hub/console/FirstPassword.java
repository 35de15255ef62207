package hub.console;

import hub.logging.KnownSecrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The password that {@code admin} logs in with at first: made when there is no such user yet, and written to a file
 * that only its owner can read. Postgres keeps its hash.
 */
@Component
class FirstPassword implements InitializingBean {

    static final String ADMIN = "admin";
    private static final int BYTES = 18;

    private final ConsoleUsers users;
    private final PasswordEncoder encoder;
    private final TransactionTemplate transaction;
    private final ConsoleOptions options;

    FirstPassword(
            ConsoleUsers users, PasswordEncoder encoder, TransactionTemplate transaction, ConsoleOptions options) {
        this.users = users;
        this.encoder = encoder;
        this.transaction = transaction;
        this.options = options;
    }

    /**
     * Makes the user and the file, once.
     *
     * @throws UncheckedIOException when the file cannot be written; no user is made then
     */
    @Override
    public void afterPropertiesSet() {
        if (users.has(ADMIN)) {
            return;
        }
        String password = random();
        KnownSecrets.add(password);
        transaction.executeWithoutResult(status -> {
            if (users.add(ADMIN, encoder.encode(password), Role.ADMIN)) {
                write(options.password(), password);
            }
        });
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void write(Path file, String password) {
        String text = password + """

                # The password of user admin at the console. You may delete this file after the first login.
                # Lost it? Delete the row of admin from table console_user and start the hub again.
                """;
        try {
            Path folder = Files.createDirectories(file.resolveSibling(""));
            Path fresh = Files.createTempFile(folder, "console-password.", ".new", ownerOnly(folder));
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the console's first password cannot be written to " + file
                            + "; make its folder writable, or name another file with hub.console.password-file",
                    e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
