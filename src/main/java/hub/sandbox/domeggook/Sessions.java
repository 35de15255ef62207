package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * Who may use the private modes: the session of the options, which never ends, and those that {@code setLogin} issued.
 *
 * <p>An issued session ends after 24 simulated hours, or is renewed before by {@code setLoginChk}. Logging in needs the
 * credentials {@code id} and {@code password}; without them every login is refused.
 */
record Sessions(SandboxOptions options, SandboxClock clock, SandboxStore store) {

    private static final String KIND = "session";
    private static final Duration LIFE = Duration.ofHours(24);

    /** @throws RefusedException when {@code sId} names no session, or one that is over */
    void check(Parameters parameters) {
        String id = parameters.text("sId");
        if (id.equals(options.credential("domeggook", "session-id"))) {
            return;
        }
        Instant end = Instant.ofEpochMilli(
                store.get(KIND, id).map(session -> session.path("end").asLong()).orElse(0L));
        if (!clock.now().isBefore(end)) {
            throw new RefusedException("SESSION_EXPIRED", "로그인이 필요합니다.");
        }
    }

    ObjectNode login(Parameters parameters) {
        Map<String, String> member = options.credentials().getOrDefault("domeggook", Map.of());
        String password = member.getOrDefault("password", "");
        boolean known = parameters.text("id").equals(member.getOrDefault("id", ""));
        if (password.isEmpty() || !known || !password.equals(parameters.text("pw"))) {
            throw new RefusedException("LOGIN_FAIL", "아이디 또는 비밀번호가 일치하지 않습니다.");
        }
        return issue(UUID.randomUUID().toString().replace("-", ""));
    }

    ObjectNode renew(Parameters parameters) {
        check(parameters);
        return issue(parameters.text("sId"));
    }

    private ObjectNode issue(String id) {
        Instant end = clock.now().plus(clock.real(LIFE));
        store.put(KIND, id, Loose.object().put("end", end.toEpochMilli()));
        return Loose.object()
                .put("result", "true")
                .put("sId", id)
                .put("cId", "c0001")
                .put("grade", "1")
                .put("sIdRenewDate", KoreanTime.text(end));
    }
}
