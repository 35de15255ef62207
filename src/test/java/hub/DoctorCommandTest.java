package hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against the simulators of its own, and against partners that are wrong in one way each. */
class DoctorCommandTest {

    private final int sandbox = TestRedis.freePort();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Answers any call after a while, and says a time that is off. */
    private record Stub(ServerSocket socket, Duration late, Duration off) implements AutoCloseable {

        static Stub open(Duration late, Duration off) throws IOException {
            Stub stub = new Stub(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), late, off);
            daemon(stub::accept);
            return stub;
        }

        private void accept() {
            try {
                while (true) {
                    Socket call = socket.accept();
                    daemon(() -> answer(call));
                }
            } catch (IOException e) {
                // closed by the test
            }
        }

        private void answer(Socket call) {
            try (call) {
                if (call.getInputStream().read() < 0) {
                    return; // only looked whether the port is open
                }
                Thread.sleep(late.toMillis());
                String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        Instant.now().plus(off).atOffset(ZoneOffset.UTC));
                String answer = "HTTP/1.1 200 OK\r\nDate: " + date
                        + "\r\nContent-Length: 15\r\nConnection: close\r\n\r\n{\"code\": \"200\"}";
                call.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                call.getOutputStream().flush();
                call.shutdownOutput();
                call.getInputStream().readAllBytes();
            } catch (IOException | InterruptedException e) {
                // the caller is gone
            }
        }

        private static void daemon(Runnable task) {
            Thread thread = new Thread(task, "stub");
            thread.setDaemon(true);
            thread.start();
        }

        String url() {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private record Said(int status, String text) {

        List<String> of(String partner) {
            return text.lines().filter(line -> line.startsWith(partner)).toList();
        }
    }

    @Test
    void simulators_are_well_and_every_credential_is_tried() {
        Said said = doctor();

        assertThat(said.text()).doesNotContain("BAD");
        assertThat(said.status()).as(said.text()).isZero();
        for (String partner : List.of("coupang", "naver", "ownerclan", "domeggook")) {
            assertThat(said.of(partner)).anyMatch(line -> line.contains("we are who we say"));
        }
        assertThat(said.of("zentrade")).anyMatch(line -> line.contains("answers a wrong key the same way"));
        assertThat(said.of("naver")).anyMatch(line -> line.contains("clock is"));
    }

    @Test
    void wrong_keys_are_named_and_hide_nobody() {
        Said said = doctor(
                "--hub.partners.coupang.base-url=http://127.0.0.1:" + sandbox + "/coupang",
                "--hub.partners.coupang.access-key=wrong-access-key",
                "--hub.partners.coupang.secret-key=wrong-secret-key",
                "--hub.partners.coupang.vendor-id=A00999999",
                "--hub.partners.ownerclan.base-url=http://127.0.0.1:" + sandbox + "/ownerclan",
                "--hub.partners.ownerclan.auth-url=http://127.0.0.1:" + sandbox + "/ownerclan/auth",
                "--hub.partners.ownerclan.username=nobody",
                "--hub.partners.ownerclan.password=wrong-password");

        assertThat(said.status()).as(said.text()).isEqualTo(1);
        assertThat(said.of("coupang")).anyMatch(line -> line.contains("BAD") && line.contains("refuses who we are"));
        assertThat(said.of("ownerclan")).anyMatch(line -> line.contains("BAD") && line.contains("refuses who we are"));
        assertThat(said.of("naver")).anyMatch(line -> line.contains("we are who we say"));
        assertThat(said.text()).contains("hub.partners.coupang.auth").doesNotContain("wrong-secret", "wrong-password");
    }

    @Test
    void host_without_address_and_closed_port_are_named_and_hide_nobody() {
        Said said = doctor(
                "--hub.partners.coupang.base-url=http://no-such-host.invalid",
                "--hub.partners.coupang.access-key=some-access-key",
                "--hub.partners.coupang.secret-key=some-secret-key",
                "--hub.partners.coupang.vendor-id=A00999999",
                "--hub.partners.zentrade.base-url=http://127.0.0.1:" + TestRedis.freePort(),
                "--hub.partners.zentrade.id=somebody",
                "--hub.partners.zentrade.key=some-key");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.of("coupang")).anyMatch(line -> line.contains("no-such-host.invalid cannot be resolved"));
        assertThat(said.of("zentrade")).anyMatch(line -> line.contains("takes no connection"));
        assertThat(said.of("coupang")).anyMatch(line -> line.contains("Not tried"));
        assertThat(said.of("naver")).anyMatch(line -> line.contains("we are who we say"));
    }

    @Test
    void clock_that_is_off_and_partner_that_hangs_are_named_and_hide_nobody() throws IOException {
        try (Stub off = Stub.open(Duration.ZERO, Duration.ofMinutes(-10));
                Stub little = Stub.open(Duration.ZERO, Duration.ofMinutes(-1));
                Stub hung = Stub.open(Duration.ofSeconds(15), Duration.ZERO)) {
            Instant begun = Instant.now();
            Said said = doctor(
                    "--hub.doctor.deadline=4s",
                    "--hub.partners.coupang.base-url=" + off.url(),
                    "--hub.partners.coupang.access-key=some-access-key",
                    "--hub.partners.coupang.secret-key=some-secret-key",
                    "--hub.partners.coupang.vendor-id=A00999999",
                    "--hub.partners.domeggook.base-url=" + little.url(),
                    "--hub.partners.domeggook.api-key=some-api-key",
                    "--hub.partners.domeggook.session-id=some-session-id",
                    "--hub.partners.zentrade.base-url=" + hung.url(),
                    "--hub.partners.zentrade.id=somebody",
                    "--hub.partners.zentrade.key=some-key");

            assertThat(said.status()).isEqualTo(1);
            assertThat(said.of("coupang"))
                    .anyMatch(line ->
                            line.contains("BAD") && line.contains("clock is -") && line.contains("are refused"));
            assertThat(said.of("domeggook")).anyMatch(line -> line.contains("warning") && line.contains("clock is -"));
            assertThat(said.of("zentrade"))
                    .anyMatch(line ->
                            line.contains("Not done within 4,000 ms") || line.contains("Not done within 4000 ms"));
            assertThat(said.of("zentrade")).as("what was found before").anyMatch(line -> line.contains("port"));
            assertThat(said.of("naver")).anyMatch(line -> line.contains("we are who we say"));
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(60));
        }
    }

    private Said doctor(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "doctor",
                "--lang=en",
                "--hub.embedded.data=" + folder.resolve("data"),
                "--hub.sandbox.state=" + folder.resolve("sandbox"),
                "--hub.handoff.folder=" + folder.resolve("handoff"),
                "--hub.sandbox.orders-per-hour=0",
                "--hub.sandbox.port=" + sandbox));
        arguments.addAll(List.of(options));
        StringWriter text = new StringWriter();
        int status = DoctorCommand.run(arguments.toArray(String[]::new), new PrintWriter(text, true));
        return new Said(status, text.toString());
    }
}
