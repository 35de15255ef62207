package hub.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CourierTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"CJ대한통운,12", "롯데택배,12", "한진택배,12", "로젠택배,11", "우체국택배,13", "경동택배,12", "대신택배,13", "일양로지스,10", "천일택배,11"})
    void number_is_as_long_as_the_courier_makes_it(String korean, int digits) {
        try (SandboxStore store = new SandboxStore(folder.resolve("shop.jsonl"))) {
            assertThat(Courier.values())
                    .filteredOn(courier -> courier.korean().equals(korean))
                    .singleElement()
                    .satisfies(courier -> assertThat(courier.nextNumber(store, "61"))
                            .matches("61\\d+")
                            .hasSize(digits));
        }
    }

    @Test
    void no_number_is_given_twice_by_any_courier_or_supplier_over_a_restart() {
        Set<String> given = new HashSet<>();
        for (int start = 0; start < 2; start++) {
            for (String supplier : new String[] {"61", "62"}) {
                give(supplier, given);
            }
        }
        assertThat(given).hasSize(4 * Courier.values().length);
    }

    private void give(String supplier, Set<String> given) {
        try (SandboxStore store = new SandboxStore(folder.resolve(supplier + ".jsonl"))) {
            for (Courier courier : Courier.values()) {
                given.add(courier.nextNumber(store, supplier));
            }
        }
    }
}
