package hub.sandbox;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/** The way back to one caller, and the ways it can break. Not thread-safe. */
final class Wire {

    private static final int WORTH_GZIP = 1024;
    private static final Map<Integer, String> REASONS = Map.of(
            200,
            "OK",
            400,
            "Bad Request",
            401,
            "Unauthorized",
            404,
            "Not Found",
            429,
            "Too Many Requests",
            500,
            "Internal Server Error",
            503,
            "Service Unavailable",
            504,
            "Gateway Timeout");

    private final Socket socket;
    private final OutputStream out;
    private final CountDownLatch stopped;

    Wire(Socket socket, CountDownLatch stopped) throws IOException {
        this.socket = socket;
        this.out = new BufferedOutputStream(socket.getOutputStream(), 16_384);
        this.stopped = stopped;
    }

    OutputStream out() {
        return out;
    }

    void send(Call call, Answer answer) throws IOException {
        Coded coded = coded(call, answer);
        head(call, answer.status(), coded.headers());
        if (!call.method().equals("HEAD")) {
            out.write(coded.body());
        }
        out.flush();
    }

    /** Announces the whole body and sends half of it; the connection has to be closed behind it. */
    void sendHalf(Call call, Answer answer) throws IOException {
        Coded coded = coded(call, answer);
        head(call, answer.status(), coded.headers());
        out.write(Arrays.copyOf(coded.body(), coded.body().length / 2));
        out.flush();
    }

    /** The head at once, then one byte of the body in a second. */
    void sendSlowly(Call call, Answer answer) throws IOException {
        Coded coded = coded(call, answer);
        head(call, answer.status(), coded.headers());
        out.flush();
        for (byte one : coded.body()) {
            pause(1000);
            out.write(one);
            out.flush();
        }
    }

    /** Lets {@code body} write what is too long to hold. */
    void stream(Call call, String type, Body body) throws IOException {
        head(call, 200, Map.of("Content-Type", type, "Transfer-Encoding", "chunked"));
        Chunks chunks = new Chunks(out);
        OutputStream buffer = new BufferedOutputStream(chunks, 16_384);
        body.writeTo(buffer);
        buffer.flush();
        chunks.end();
    }

    /** Makes the caller see a reset instead of an end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** @throws IOException when the sandbox stops meanwhile */
    void pause(long millis) throws IOException {
        try {
            if (stopped.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("the sandbox stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the sandbox stops", e);
        }
    }

    /** Writes a body piece by piece. */
    interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private record Coded(Map<String, String> headers, byte[] body) {}

    private static Coded coded(Call call, Answer answer) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        byte[] body = answer.body();
        boolean image = headers.getOrDefault("Content-Type", "").startsWith("image/");
        if (body.length > WORTH_GZIP && !image && call.accepts("gzip")) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4);
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            }
            body = packed.toByteArray();
            headers.put("Content-Encoding", "gzip");
            headers.put("Vary", "Accept-Encoding");
        }
        headers.put("Content-Length", Integer.toString(body.length));
        return new Coded(headers, body);
    }

    private void head(Call call, int status, Map<String, String> headers) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(REASONS.getOrDefault(status, "Status"))
                .append("\r\nDate: ")
                .append(DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(call.lasting() ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static final class Chunks extends OutputStream {

        private final OutputStream out;

        Chunks(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes, from, length);
                out.write('\r');
                out.write('\n');
            }
        }

        void end() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
