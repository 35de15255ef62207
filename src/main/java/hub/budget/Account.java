package hub.budget;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One account at a partner and the rules its calls are counted by. */
record Account(String partner, String name, List<BudgetRule> rules) {

    Account {
        Set<String> seen = new HashSet<>();
        for (BudgetRule rule : rules) {
            if (!seen.add(rule.key() + " in " + rule.window())) {
                throw new IllegalArgumentException("budget of " + partner + ": two rules for " + rule.key() + " in "
                        + rule.window() + "; give one of them a key of its own");
            }
        }
    }

    /** Where Redis holds its budget. */
    String key() {
        return "hub:budget:" + partner + "/" + name;
    }

    List<Limit> limits(String operation, Duration margin) {
        return Limit.of(rules, operation, margin);
    }
}
