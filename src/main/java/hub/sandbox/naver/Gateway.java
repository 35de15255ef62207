package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hub.sandbox.Answer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Naver's gateway says in front of every API: its errors, and the headers of all answers. */
final class Gateway {

    private static final Map<Integer, String> CODES = Map.of(
            401, "GW.AUTHN",
            403, "GW.AUTHZ", // the real name is not published
            404, "GW.NOT_FOUND",
            429, "GW.RATE_LIMIT",
            500, "GW.PROXY.01",
            503, "GW.BLOCK",
            504, "GW.TIMEOUT");

    private static final Map<Integer, String> MESSAGES = Map.of(
            401, "요청을 보낼 권한이 없습니다.",
            403, "요청을 보낼 권한이 없습니다.",
            404, "요청한 API를 찾을 수 없습니다.",
            429, "요청이 많아 서비스를 일시적으로 사용할 수 없습니다.",
            500, "요청을 처리하지 못했습니다.",
            503, "서비스를 일시적으로 사용할 수 없습니다.",
            504, "응답 시간이 초과되었습니다.");

    private Gateway() {}

    static Answer error(int status, Instant now, String traceId) {
        return Answer.json(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("code", CODES.getOrDefault(status, "GW.PROXY.01"))
                        .put("message", MESSAGES.getOrDefault(status, "요청을 처리하지 못했습니다."))
                        .put("timestamp", Kst.text(now))
                        .put("traceId", traceId)
                        .toString());
    }

    /** @param millis how long the API behind the gateway took */
    static Answer stamped(Answer answer, String traceId, Buckets buckets, int remaining, long millis) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.put("GNCP-GW-Trace-ID", traceId);
        headers.put("GNCP-GW-HttpClient-ResponseTime", String.valueOf(millis));
        headers.put("GNCP-GW-RateLimit-Replenish-Rate", String.valueOf(buckets.rate()));
        headers.put("GNCP-GW-RateLimit-Burst-Capacity", String.valueOf(buckets.burst()));
        headers.put("GNCP-GW-RateLimit-Remaining", String.valueOf(remaining));
        return new Answer(answer.status(), Map.copyOf(headers), answer.body(), answer.ref(), answer.effect());
    }
}
