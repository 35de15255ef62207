package hub.sandbox.ownerclan;

import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Turnover;
import java.time.Instant;
import java.util.SplittableRandom;

/** The vendors, who change prices and stock as simulated time goes by. Not thread-safe. */
final class Market {

    private final Catalog catalog;
    private final Histories histories;
    private final SandboxClock clock;
    private final SplittableRandom random;
    private final Turnover turnover;

    Market(Catalog catalog, Histories histories, SandboxOptions options, SandboxClock clock, SandboxStore store) {
        this.catalog = catalog;
        this.histories = histories;
        this.clock = clock;
        this.turnover = new Turnover(options, clock, store);
        this.random = new SplittableRandom(options.seed() ^ clock.now().toEpochMilli());
    }

    /** Makes the changes that are due since the last tick. */
    void tick() {
        Instant now = clock.now();
        for (int due = turnover.due(); due > 0; due--) {
            Change before = catalog.item(random.nextInt(catalog.size())).now();
            put(before, changed(before), now);
        }
    }

    /** Keeps a change and notes it in the histories; one without a difference is forgotten. */
    void put(Change before, Change after, Instant now) {
        if (!before.text().equals(after.text())) {
            Change stamped = after.at(now.toEpochMilli());
            catalog.put(stamped);
            histories.note(before, stamped);
        }
    }

    private Change changed(Change before) {
        int dice = random.nextInt(100);
        if (before.status().equals("discontinued")) {
            return before; // final
        }
        if (dice == 0) {
            return before.as("discontinued");
        }
        if (!before.available()) {
            return before.filled(random.nextInt(5, 200));
        }
        if (dice < 12) {
            return before.soldOut();
        }
        if (dice < 60) {
            long won = before.won() * random.nextInt(90, 111) / 100 / 10 * 10;
            return before.priced(Math.max(100, won));
        }
        int option = random.nextInt(before.quantities().length);
        return before.less(option, random.nextInt(0, before.quantities()[option] + 1));
    }
}
