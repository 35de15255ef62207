package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** A process of its own heap that is sent pages no partner has; says how long each refusal took, in milliseconds. */
final class BombMain {

    private static final JsonNode GET = json("{\"path\": \"/pages\"}");
    private static final int ROUNDS = 12;

    private BombMain() {}

    public static void main(String[] none) throws IOException {
        byte[] page = ("{\"items\":[\"" + "x".repeat(10 * 1024 * 1024) + "\"]}").getBytes(StandardCharsets.UTF_8);
        byte[] bomb = gzip(2_000_000_000L);
        try (PartnerRig rig = new PartnerRig()) {
            Partner partner = rig.partner();
            for (int round = 0; round < ROUNDS; round++) {
                rig.server.on("/pages", answer(200, page));
                say("page", refusal(partner));
                rig.server.on("/pages", answer(200, bomb, "Content-Encoding: gzip"));
                say("bomb", refusal(partner));
            }
        }
        System.exit(0);
    }

    @SuppressWarnings("SystemOut") // the process that started this one reads it
    private static void say(String what, long took) {
        System.out.println("refused " + what + " " + took + " of heap "
                + Runtime.getRuntime().maxMemory());
    }

    private static long refusal(Partner partner) {
        long from = System.nanoTime();
        try {
            partner.call("pages", GET);
            throw new AssertionError("it was believed");
        } catch (PartnerCallException e) {
            return Duration.ofNanos(System.nanoTime() - from).toMillis();
        }
    }

    /** Zeros, made piece by piece: unpacked they are larger than the heap. */
    private static byte[] gzip(long length) throws IOException {
        byte[] zeros = new byte[1 << 20];
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed, 1 << 16)) {
            for (long written = 0; written < length; written += zeros.length) {
                out.write(zeros);
            }
        }
        return packed.toByteArray();
    }
}
