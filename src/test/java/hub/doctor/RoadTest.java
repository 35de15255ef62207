package hub.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to real TLS servers, whose certificates keytool made: right, ending, ended, of another name, of nobody. */
class RoadTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ISSUER = "issuer";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void certificate_that_is_right_lasts_for_so_many_days() throws Exception {
        Finding found = examined(certificate("right", "-1d", 90, "ip:127.0.0.1"), true);

        assertThat(found.level()).isEqualTo(Level.OK);
        assertThat(found.code()).isEqualTo("tls.ok");
        assertThat(Integer.parseInt(found.values().get(0))).isBetween(87, 89);
    }

    @Test
    void certificate_that_ends_within_a_fortnight_is_a_warning() throws Exception {
        Finding found = examined(certificate("ending", "-80d", 90, "ip:127.0.0.1"), true);

        assertThat(found.level()).isEqualTo(Level.WARN);
        assertThat(found.code()).isEqualTo("tls.ends");
        assertThat(Integer.parseInt(found.values().get(0))).isBetween(8, 10);
    }

    @Test
    void certificate_that_ended_is_bad_though_its_issuer_is_trusted() throws Exception {
        assertThatRefused(examined(certificate("ended", "-100d", 90, "ip:127.0.0.1"), true), "");
    }

    @Test
    void certificate_of_another_name_is_bad_though_its_issuer_is_trusted() throws Exception {
        assertThatRefused(examined(certificate("other", "-1d", 90, "dns:api.acme.example"), true), "127.0.0.1");
    }

    @Test
    void certificate_of_nobody_we_know_is_bad() throws Exception {
        assertThatRefused(examined(certificate("nobody", "-1d", 90, "ip:127.0.0.1"), false), "PKIX");
    }

    private static void assertThatRefused(Finding found, String why) {
        assertThat(found.level()).isEqualTo(Level.BAD);
        assertThat(found.code()).isEqualTo("tls.refused");
        assertThat(found.values().get(1)).contains(why).isNotEmpty();
    }

    private Finding examined(Path keys, boolean trusted) throws Exception {
        List<Finding> findings = new ArrayList<>();
        DoctorOptions options = new DoctorOptions(
                Duration.ofSeconds(20),
                8,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofSeconds(3),
                Duration.ofDays(14),
                Duration.ZERO);
        try (SSLServerSocket server = server(keys)) {
            SSLSocketFactory ours =
                    trusted ? trusting(keys).getSocketFactory() : (SSLSocketFactory) SSLSocketFactory.getDefault();
            boolean open = new Road("acme", options, Duration.ofSeconds(3), Clock.systemUTC(), ours, findings::add)
                    .open(Address.of("https://127.0.0.1:" + server.getLocalPort() + "/v1"));

            Finding last = findings.get(findings.size() - 1);
            assertThat(open).isEqualTo(last.level() != Level.BAD);
            assertThat(last.check()).isEqualTo(Check.TLS);
            return last;
        }
    }

    /** A key whose certificate an issuer of the same file has signed. */
    private Path certificate(String name, String from, int days, String of) throws Exception {
        Path keys = folder.resolve(name + ".p12");
        keytool(keys, ISSUER, "-startdate", "-200d", "-validity", "400", "-ext", "bc:c");
        String validity = Integer.toString(days);
        keytool(keys, "own", "-signer", ISSUER, "-startdate", from, "-validity", validity, "-ext", "san=" + of);
        return keys;
    }

    private static void keytool(Path keys, String alias, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                keys.toString(),
                "-storepass",
                new String(PASSWORD),
                "-alias",
                alias,
                "-dname",
                "CN=" + alias));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
    }

    private static SSLServerSocket server(Path keys) throws Exception {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore own = empty();
        own.setKeyEntry(
                "own",
                store(keys).getKey("own", PASSWORD),
                PASSWORD,
                store(keys).getCertificateChain("own"));
        managers.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> serve(server), "tls");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void serve(SSLServerSocket server) {
        while (!server.isClosed()) {
            try (Socket caller = server.accept()) {
                caller.setSoTimeout(3000);
                int unused = caller.getInputStream().read();
            } catch (IOException e) {
                // A caller that only looked whether the port is open, or does not trust us, hangs up.
            }
        }
    }

    private static SSLContext trusting(Path keys) throws Exception {
        KeyStore trusted = empty();
        trusted.setCertificateEntry(ISSUER, store(keys).getCertificate(ISSUER));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static KeyStore empty() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static KeyStore store(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
