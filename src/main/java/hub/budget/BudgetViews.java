package hub.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/** Reads how all budgets stand, in one round trip. */
final class BudgetViews {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StringRedisTemplate redis;
    private final Duration margin;

    BudgetViews(StringRedisTemplate redis, Duration margin) {
        this.redis = redis;
        this.margin = margin;
    }

    /** @throws RedisAwayException if Redis does not answer */
    List<BudgetView> of(Collection<Account> accounts) {
        List<Object> answers;
        try {
            answers = redis.executePipelined((RedisCallback<Object>) connection -> {
                connection.serverCommands().time();
                accounts.forEach(account -> connection.hashCommands().hGetAll(bytes(account.key())));
                return null;
            });
        } catch (DataAccessException e) {
            throw new RedisAwayException(e);
        }
        long now = (Long) answers.get(0);
        List<BudgetView> views = new ArrayList<>();
        int i = 1;
        for (Account account : accounts) {
            @SuppressWarnings("unchecked")
            Map<String, String> fields = (Map<String, String>) answers.get(i++);
            for (BudgetRule rule : account.rules()) {
                limits(rule, fields).forEach(limit -> views.add(view(account, limit, fields, now)));
            }
        }
        return views;
    }

    /** One, or one for each operation that has called so far. */
    private List<Limit> limits(BudgetRule rule, Map<String, String> fields) {
        if (!rule.perOperation()) {
            return List.of(Limit.of(rule, "", false, margin));
        }
        String head = "log:" + rule.key() + "/";
        String tail = ":" + rule.window();
        return new TreeSet<>(fields.keySet())
                .stream()
                        .filter(field -> field.startsWith(head) && field.endsWith(tail))
                        .map(field -> field.substring(head.length(), field.length() - tail.length()))
                        .map(operation -> Limit.of(rule, operation, true, margin))
                        .map(limit -> learned(limit, fields))
                        .toList();
    }

    /** What the partner said, if it said it of this limit and not of a longer one with the same key. */
    private static Limit learned(Limit limit, Map<String, String> fields) {
        String learned = fields.get(limit.learned());
        if (learned == null) {
            return limit;
        }
        try {
            Limit followed = JSON.readValue(learned, Limit.class);
            return followed.log().equals(limit.log()) ? followed : limit;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Redis holds no limit in " + limit.learned(), e);
        }
    }

    private static BudgetView view(Account account, Limit limit, Map<String, String> fields, long now) {
        JsonNode log = json(fields.getOrDefault(limit.log(), "[]"));
        JsonNode epoch = json(fields.getOrDefault("epoch", "{}"));
        long used = 0;
        long last = now;
        for (int i = 0; i + 1 < log.size(); i += 2) {
            long until = log.get(i).asLong() + limit.span();
            if (until > now) {
                used += log.get(i + 1).asLong();
                last = Math.max(last, until);
            }
        }
        long assumed = epoch.path(limit.countsAsFull() ? "short" : "long").asLong() + limit.span();
        if (assumed > now) {
            used += limit.countsAsFull() ? limit.calls() : (limit.calls() + 1) / 2;
            last = Math.max(last, assumed);
        }
        int capped = (int) Math.min(used, limit.calls());
        long paused = Long.parseLong(fields.getOrDefault(limit.pause(), "0"));
        return new BudgetView(
                account.partner(),
                limit.scope(),
                limit.calls(),
                Duration.ofMillis(limit.window()),
                capped,
                paused > now ? 0 : limit.calls() - capped,
                Instant.ofEpochMilli(last),
                paused > now ? Optional.of(Instant.ofEpochMilli(paused)) : Optional.empty());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Redis holds no budget: " + text, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
