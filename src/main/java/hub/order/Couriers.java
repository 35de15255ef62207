package hub.order;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** The code a market wants for a courier that a supplier names; table {@code couriers.csv}. */
@Component
class Couriers {

    private final Map<String, Map<String, String>> codes = new HashMap<>();

    Couriers() {
        List<String> rows = lines().stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        List<String> markets = List.of(rows.get(0).split(",", -1)).subList(1, 5);
        rows.subList(1, rows.size()).forEach(row -> add(markets, row.split(",", -1)));
    }

    private void add(List<String> markets, String[] row) {
        Map<String, String> byMarket = new HashMap<>();
        for (int market = 0; market < markets.size(); market++) {
            if (!row[market + 1].isEmpty()) {
                byMarket.put(markets.get(market), row[market + 1]);
            }
        }
        List<String> names = new ArrayList<>(List.of(row[5].split("\\|")));
        names.add(row[0]);
        for (String name : names) {
            if (codes.put(plain(name), byMarket) != null) {
                throw new IllegalStateException("couriers.csv names " + name + " twice");
            }
        }
    }

    /** Empty for a courier, or a market, that the table does not know. */
    Optional<String> code(String market, String courier) {
        return Optional.ofNullable(codes.getOrDefault(plain(courier), Map.of()).get(market));
    }

    private static String plain(String name) {
        return name.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    }

    private static List<String> lines() {
        try {
            return new ClassPathResource("couriers.csv")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
