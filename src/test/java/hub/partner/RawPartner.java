package hub.partner;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A partner made of bytes: it keeps every request that reaches it and plays what it is told, faults too. */
final class RawPartner implements AutoCloseable {

    /** What happens after a request has come in whole. */
    interface Reply {
        void play(Got request, Socket socket) throws IOException;
    }

    /** A request as it came; header names in lower case. */
    record Got(String method, String target, Map<String, String> headers, String body) {}

    private final ServerSocket socket;
    private final List<Got> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();

    RawPartner() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** What is played for targets that begin so; the longest beginning counts. */
    RawPartner on(String beginning, Reply reply) {
        replies.put(beginning, reply);
        return this;
    }

    List<Got> requests() {
        return List.copyOf(requests);
    }

    List<Got> requests(String beginning) {
        return requests.stream().filter(r -> r.target().startsWith(beginning)).toList();
    }

    static Reply answer(int status, String body, String... headers) {
        return answer(status, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    static Reply answer(int status, byte[] body, String... headers) {
        return (request, socket) -> {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " said\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
            OutputStream out = socket.getOutputStream();
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.flush();
        };
    }

    /** Bytes as they are, and then a reset. */
    static Reply broken(String bytes) {
        return (request, socket) -> {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            if (bytes.isEmpty()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        };
    }

    /** Nothing until the caller has hung up, and then an answer that nobody hears. */
    static Reply late(String body) {
        return (request, socket) -> {
            if (socket.getInputStream().read() < 0) {
                answer(200, body).play(request, socket);
            }
        };
    }

    /** Body without end, as long as the caller listens. */
    static Reply endless(byte[] chunk) {
        return (request, socket) -> {
            OutputStream out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            while (!socket.isClosed()) {
                out.write(chunk);
            }
        };
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                Got request = request(line, in);
                requests.add(request);
                reply(request.target()).play(request, connection);
            }
        } catch (IOException e) {
            // The caller hung up, or the reply was a broken line: both are part of the play.
        }
    }

    private Reply reply(String target) {
        return replies.entrySet().stream()
                .filter(entry -> target.startsWith(entry.getKey()))
                .max(java.util.Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse(answer(404, "{}"));
    }

    private static Got request(String line, InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).trim());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Got(line.substring(0, line.indexOf(' ')), line.split(" ", 3)[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-partner");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
