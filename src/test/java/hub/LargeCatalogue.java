package hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A supplier with Zentrade's answer and as many products as one likes: each is written when it is sent, none is held.
 */
final class LargeCatalogue implements AutoCloseable {

    private static final String FILLER = "<p>주방에서 쓰는 슬라이딩 선반, 조립이 쉽고 튼튼합니다. </p>";

    private final int products;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger downloads = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();

    LargeCatalogue(int products) throws IOException {
        this.products = products;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Downloads that were sent whole. */
    int downloads() {
        return downloads.get();
    }

    /** Bytes of the last download. */
    long bytes() {
        return sent.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Charset korean = Charset.forName("MS949");
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, 0);
        try (exchange;
                Writer out = new BufferedWriter(new OutputStreamWriter(exchange.getResponseBody(), korean), 1 << 16)) {
            out.write("<?xml version=\"1.0\" encoding=\"euc-kr\"?>\n<zentrade version=\"ZENTRADE XML 1.0\">\n");
            long bytes = 0;
            for (int i = 0; i < products; i++) {
                String product = product(i);
                out.write(product);
                bytes += product.length();
            }
            out.write("</zentrade>\n");
            sent.set(bytes);
        }
        downloads.incrementAndGet();
    }

    private static String product(int i) {
        return """
                <product code="%d"><dome_category dome_catecode="001002"><![CDATA[ 생활/주방 ]]></dome_category>
                <scategory emp_catecode="1" esellers_catecode="2" classcode="35"/>
                <prdtname><![CDATA[ 슬라이딩 주방 선반 %d호 ]]></prdtname>
                <baseinfo madein="한국" productcom="공장" brand="" model="S-%d"/>
                <price buyprice="%d" consumerprice="0" taxmode="Y"/>
                <listimg url1="https://img.example/%d.jpg" url2="" url3="" url4="" url5=""/>
                <option opt1nm="색상" opt2nm=""><![CDATA[ 화이트^|^12000^|^0^|^↑=↑블랙^|^12500^|^0^|^ ]]></option>
                <content><![CDATA[ %s ]]></content><keyword><![CDATA[ 선반,주방 ]]></keyword>
                <status runout="0" opendate="2026-01-01"/></product>
                """.formatted(100_000_000 + i, i, i, 5_000 + i % 1000, i, FILLER);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
