package hub.budget;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One account at a partner and the rules its calls are counted by. Thread-safe. */
final class Account {

    private final String partner;
    private final String name;
    private final List<BudgetRule> rules;
    private final Duration margin;
    private final Map<String, OperationLimits> limits = new ConcurrentHashMap<>();

    Account(String partner, String name, List<BudgetRule> rules, Duration margin) {
        Set<String> seen = new HashSet<>();
        for (BudgetRule rule : rules) {
            if (!seen.add(rule.key() + " in " + rule.window())) {
                throw new IllegalArgumentException("budget of " + partner + ": two rules for " + rule.key() + " in "
                        + rule.window() + "; give one of them a key of its own");
            }
        }
        this.partner = partner;
        this.name = name;
        this.rules = List.copyOf(rules);
        this.margin = margin;
    }

    String partner() {
        return partner;
    }

    String name() {
        return name;
    }

    List<BudgetRule> rules() {
        return rules;
    }

    /** Where Redis holds its budget. */
    String key() {
        return "hub:calls:" + partner + "/" + name;
    }

    OperationLimits limits(String operation) {
        return limits.computeIfAbsent(operation, named -> OperationLimits.of(rules, named, margin));
    }
}
