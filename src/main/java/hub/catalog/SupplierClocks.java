package hub.catalog;

import java.time.Duration;

/** The clocks of suppliers, by which they tell when a product changed. Thread-safe. */
public interface SupplierClocks {

    /** How far a supplier's clock is behind ours; zero where it is not, or nothing is known of it. */
    Duration behind(String supplier);
}
