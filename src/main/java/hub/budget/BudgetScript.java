package hub.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisNoScriptException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisScriptingCommands;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * The script {@code budget.lua} in Redis.
 *
 * <p>Redis forgets its scripts when it restarts, and with them, maybe, its last second of bookings: that is how a
 * restart is noticed here. Spring's own executor would load the script again without a word.
 */
final class BudgetScript {

    private static final RedisScript<Void> SCRIPT = RedisScript.of(new ClassPathResource("hub/budget/budget.lua"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringRedisTemplate redis;

    BudgetScript(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * Runs one operation if Redis has the script.
     *
     * @return null if Redis does not have it, nothing is done then; an empty list from an operation without an answer
     * @throws RedisAwayException if Redis does not answer
     */
    @Nullable
    List<Long> ask(Account account, String operation, Object ask) {
        byte[][] arguments = arguments(List.of(account), operation, ask);
        try {
            return call(connection -> connection.evalSha(SCRIPT.getSha1(), ReturnType.MULTI, 1, arguments));
        } catch (RedisAwayException e) {
            if (isNoScript(e)) {
                return null;
            }
            throw e;
        }
    }

    /** Runs one operation on all accounts at once and leaves the script in Redis, in one step. */
    void load(List<Account> accounts, String operation, Object ask) {
        byte[] text = bytes(SCRIPT.getScriptAsString());
        byte[][] arguments = arguments(accounts, operation, ask);
        call(connection -> connection.eval(text, ReturnType.MULTI, accounts.size(), arguments));
    }

    private List<Long> call(Evaluation evaluation) {
        try {
            List<Long> answer = redis.execute(
                    (RedisCallback<@Nullable List<Long>>) connection -> evaluation.in(connection.scriptingCommands()));
            return answer == null ? List.of() : answer;
        } catch (DataAccessException e) {
            throw new RedisAwayException(e);
        }
    }

    private static boolean isNoScript(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisNoScriptException) {
                return true;
            }
        }
        return false;
    }

    private static byte[][] arguments(List<Account> accounts, String operation, Object ask) {
        return Stream.concat(accounts.stream().map(Account::key), Stream.of(operation, json(ask)))
                .map(BudgetScript::bytes)
                .toArray(byte[][]::new);
    }

    private static String json(Object ask) {
        try {
            return JSON.writeValueAsString(ask);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("budget question " + ask, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private interface Evaluation {
        @Nullable
        List<Long> in(RedisScriptingCommands commands);
    }
}
