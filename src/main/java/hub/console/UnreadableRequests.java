package hub.console;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a request that Tomcat refuses before any of our code sees it, such as one with raw Hangul in its
 * address: in both languages, for no header of it was read. Public because Tomcat makes it by its name.
 */
public final class UnreadableRequests extends ErrorReportValve {

    private static final String REFUSED = """
            {"status": 400, "title": "Bad Request", "detail": "The request line or a header cannot be read. In an address, \
            write what is not ASCII percent-encoded (UTF-8): curl -G --data-urlencode 'q=양말'. / 요청 줄이나 헤더를 읽을 수 \
            없습니다. 주소의 한글은 UTF-8 퍼센트 인코딩으로 쓰세요: curl -G --data-urlencode 'q=양말'."}
            """;

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() != 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/problem+json");
            response.setCharacterEncoding("UTF-8");
            response.getReporter().write(REFUSED);
            response.finishResponse();
        } catch (IOException e) {
            container.getLogger().debug("nobody waits for it", e);
        }
    }
}
