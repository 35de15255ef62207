package hub.sandbox;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small HTTP/1.1 server on 127.0.0.1.
 *
 * <p>Written on sockets because a fault has to be able to reset, cut and starve a connection, and because a signature
 * covers the request target exactly as it was sent; servers that parse it do not give it back.
 */
final class SandboxServer {

    private static final int CONNECTIONS = 256;
    private static final int IDLE_MS = 60_000;
    private static final int BACKLOG = 256;

    /** Serves one call; says whether the connection can carry another. */
    interface Desk {
        boolean serve(Call call, Wire wire) throws IOException;
    }

    private final ServerSocket listening;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, CONNECTIONS + 1, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), Daemons.named("sandbox"));

    /**
     * Takes the port, without serving yet.
     *
     * @param port 0 for a free one
     * @throws SandboxPortException when it is taken
     */
    SandboxServer(int port) {
        try {
            listening = new ServerSocket();
            listening.setReuseAddress(true);
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        } catch (BindException e) {
            throw new SandboxPortException(port, e);
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot listen on 127.0.0.1:" + port, e);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    void serve(Desk desk) {
        threads.execute(() -> {
            while (stopped.getCount() > 0) {
                try {
                    accept(listening.accept(), desk);
                } catch (IOException e) {
                    // closed by stop(), or a caller that went away before it was served
                }
            }
        });
    }

    /** Ends every connection; returns when the calls under way are done, or after 5 seconds. */
    void stop() {
        stopped.countDown();
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(SandboxServer::closeQuietly);
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(Socket socket, Desk desk) {
        open.add(socket);
        try {
            threads.execute(() -> converse(socket, desk));
        } catch (RejectedExecutionException e) {
            open.remove(socket);
            closeQuietly(socket); // more connections at once than any partner would take
        }
    }

    private void converse(Socket socket, Desk desk) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(IDLE_MS);
            Wire wire = new Wire(socket, stopped);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean lasting = true;
            while (lasting && stopped.getCount() > 0) {
                lasting = converse(in, wire, desk);
            }
        } catch (IOException e) {
            // the caller is gone, or idle for too long; the journal knows what it did not get
        } finally {
            open.remove(socket);
        }
    }

    private static boolean converse(InputStream in, Wire wire, Desk desk) throws IOException {
        Call call;
        try {
            call = Call.read(in, wire.out());
        } catch (ProtocolException e) {
            Call nothing = new Call("", "/", Map.of(), new byte[0], false);
            wire.send(nothing, Answer.text(400, String.valueOf(e.getMessage())));
            return false;
        }
        return call != null && desk.serve(call, wire);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed is all that was wanted
        }
    }
}
