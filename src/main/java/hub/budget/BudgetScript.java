package hub.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.RedisNoScriptException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    private static final RedisScript<Void> SCRIPT = RedisScript.of(text("hub/budget/budget.lua"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringRedisTemplate redis;

    BudgetScript(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /**
     * Runs one operation if Redis has the script.
     *
     * @param arguments text, numbers, bytes as they are, and anything else as JSON
     * @return numbers and bytes; null if Redis does not have the script, nothing is done then
     * @throws RedisAwayException if Redis does not answer
     */
    @Nullable
    List<Object> ask(Collection<Account> accounts, String operation, List<?> arguments) {
        byte[][] all = all(accounts, operation, arguments);
        try {
            return call(commands -> commands.evalSha(SCRIPT.getSha1(), ReturnType.MULTI, accounts.size(), all));
        } catch (RedisAwayException e) {
            if (isNoScript(e)) {
                return null;
            }
            throw e;
        }
    }

    /** Runs one operation and leaves the script in Redis, in one step. */
    void load(Collection<Account> accounts, String operation, Object argument) {
        byte[] text = bytes(SCRIPT.getScriptAsString());
        byte[][] all = all(accounts, operation, List.of(argument));
        call(commands -> commands.eval(text, ReturnType.MULTI, accounts.size(), all));
    }

    private List<Object> call(Evaluation evaluation) {
        try {
            List<Object> answer = redis.execute((RedisCallback<@Nullable List<Object>>)
                    connection -> evaluation.in(connection.scriptingCommands()));
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

    private static byte[][] all(Collection<Account> accounts, String operation, List<?> arguments) {
        List<byte[]> all = new ArrayList<>(accounts.size() + 1 + arguments.size());
        accounts.forEach(account -> all.add(bytes(account.key())));
        all.add(bytes(operation));
        arguments.forEach(argument -> all.add(bytes(argument)));
        return all.toArray(byte[][]::new);
    }

    /** Read once: a script that is a resource is looked up again, in vain, whenever its digest is asked for. */
    private static String text(String resource) {
        try {
            return new ClassPathResource(resource).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static byte[] bytes(Object argument) {
        if (argument instanceof byte[] ready) {
            return ready;
        }
        String text = argument instanceof String || argument instanceof Number ? argument.toString() : json(argument);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String json(Object argument) {
        try {
            return JSON.writeValueAsString(argument);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("budget question " + argument, e);
        }
    }

    private interface Evaluation {
        @Nullable
        List<Object> in(RedisScriptingCommands commands);
    }
}
