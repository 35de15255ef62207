package hub.doctor;

import hub.budget.BudgetView;

/** How one budget of a partner stands: a short window that is full is used as it is meant to be, a long one is not. */
final class Allowance {

    private Allowance() {}

    static Finding of(String partner, BudgetView view) {
        String where = "hub.partners." + partner + ".budget (" + view.key() + ")";
        if (view.pausedUntil().isPresent()) {
            return Finding.of(
                    partner,
                    Check.BUDGET,
                    Level.BAD,
                    "budget.paused",
                    where,
                    view.key(),
                    view.pausedUntil().get());
        }
        String stopped = view.stopped().orElse("");
        return Finding.of(
                partner,
                Check.BUDGET,
                stopped.isEmpty() ? Level.OK : Level.WARN,
                code(stopped, view.left()),
                where,
                view.left(),
                view.limit(),
                view.window().toMillis(),
                view.resetsAt());
    }

    private static String code(String stopped, int left) {
        return switch (stopped) {
            case "" -> left == 0 ? "budget.busy" : "budget.ok";
            case "catalogue" -> "budget.catalogue";
            default -> "budget.spent";
        };
    }
}
