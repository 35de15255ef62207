package hub.budget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How all budgets stand, read from the hashes that Redis holds. */
final class BudgetViews {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Duration margin;

    BudgetViews(Duration margin) {
        this.margin = margin;
    }

    /** @param answer of the script: the time, then the hash of each account as JSON */
    List<BudgetView> of(List<Account> accounts, List<Object> answer) {
        long now = (Long) answer.get(0);
        List<BudgetView> views = new ArrayList<>();
        for (int i = 0; i < accounts.size(); i++) {
            Account account = accounts.get(i);
            JsonNode fields = json((byte[]) answer.get(i + 1));
            for (BudgetRule rule : account.rules()) {
                limits(rule, fields).forEach(limit -> views.add(view(account, limit, fields, now)));
            }
        }
        return views;
    }

    /** One, or one for each operation that has called so far. */
    private List<Limit> limits(BudgetRule rule, JsonNode fields) {
        if (!rule.perOperation()) {
            return List.of(Limit.of(rule, "", false, margin));
        }
        String head = "log:" + rule.key() + "/";
        String tail = ":" + rule.window().toMillis();
        Set<String> names = new TreeSet<>();
        fields.fieldNames().forEachRemaining(names::add);
        return names.stream()
                .filter(field -> field.startsWith(head) && field.endsWith(tail))
                .map(field -> field.substring(head.length(), field.length() - tail.length()))
                .map(operation -> Limit.of(rule, operation, true, margin))
                .toList();
    }

    /** What the partner said, if it said it of this limit and not of a longer one with the same key. */
    private static Limit learned(Limit limit, JsonNode fields) {
        String learned = fields.path(limit.learned()).asText();
        if (learned.isEmpty()) {
            return limit;
        }
        try {
            Limit followed = JSON.readValue(learned, Limit.class);
            return followed.log().equals(limit.log()) ? followed : limit;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Redis holds no limit in " + limit.learned(), e);
        }
    }

    /** As it is after a refusal that nobody explained; itself where there was none, or where the partner states it. */
    private static Limit slowed(Limit limit, JsonNode fields) {
        JsonNode rate = fields.path("cut" + limit.log().substring("log".length()));
        return rate.isMissingNode() ? limit : limit.slowed(rate.asDouble());
    }

    private static BudgetView view(Account account, Limit rule, JsonNode fields, long now) {
        Limit stated = learned(rule, fields);
        Limit limit = stated.equals(rule) ? slowed(rule, fields) : stated;
        boolean slowed = stated.equals(rule) && !limit.equals(rule);
        JsonNode log = fields.path(limit.log());
        long used = 0;
        long last = now;
        for (int i = 0; i + 1 < log.size(); i += 2) {
            long until = log.get(i).asLong() + limit.span();
            if (until > now) {
                used += log.get(i + 1).asLong();
                last = Math.max(last, until);
            }
        }
        long assumedUntil = fields.path(limit.countsAsFull() ? "short" : "long").asLong() + limit.span();
        if (assumedUntil > now) {
            long told = fields.path("told:" + limit.log()).asLong();
            used += limit.countsAsFull() ? limit.calls() : Math.max(0, (limit.calls() + 1) / 2 - told);
            last = Math.max(last, assumedUntil);
        }
        int capped = (int) Math.min(used, limit.calls());
        long paused = fields.path(limit.pause()).asLong();
        return new BudgetView(
                account.partner(),
                limit.scope(),
                limit.calls(),
                Duration.ofMillis(slowed ? rule.window() + limit.span() - rule.span() : limit.window()),
                capped,
                paused > now ? 0 : limit.calls() - capped,
                limit.reserve(),
                Instant.ofEpochMilli(last),
                paused > now ? Optional.of(Instant.ofEpochMilli(paused)) : Optional.empty(),
                slowed
                        ? Optional.of(new BudgetView.Rule(rule.calls(), Duration.ofMillis(rule.window())))
                        : Optional.empty());
    }

    private static JsonNode json(byte[] text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Redis holds no budget", e);
        }
    }
}
