package hub.catalog.search;

import hub.catalog.ProductStore;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the products; null asks for nothing.
 *
 * @param priceMin whole won, 0 is a value
 * @param q part of the name, 2 characters or more
 * @param limit products a page, 1 to 500
 */
record ProductQuery(
        @Nullable String supplier,
        @Nullable String category,
        @Nullable String status,
        @Nullable Long priceMin,
        @Nullable Long priceMax,
        @Nullable String q,
        Sort sort,
        @Nullable Mark after,
        int limit) {

    static final int MOST = 500;
    private static final int LONGEST = 200;
    private static final int WON_DIGITS = 15;

    static ProductQuery read(Map<String, List<String>> given) {
        given.forEach(ProductQuery::check);
        Sort sort = sort(one(given, "sort"));
        Long min = won(given, "price_min");
        Long max = won(given, "price_max");
        if (min != null && max != null && min > max) {
            throw new SearchRefusedException(
                    "price_max=" + max, "it is below price_min=" + min, "exchange them, or leave one away");
        }
        String status = one(given, "status");
        if (status != null) {
            oneOf("status", status, ProductStore.STATES);
        }
        String q = one(given, "q");
        if (q != null && q.strip().codePointCount(0, q.strip().length()) < 2) {
            throw new SearchRefusedException("q", "it has fewer than 2 characters", "ask for 2 or more");
        }
        String after = one(given, "after");
        return new ProductQuery(
                one(given, "supplier"),
                one(given, "category"),
                status,
                min,
                max,
                q == null ? null : q.strip(),
                sort,
                after == null ? null : Mark.read(after, sort),
                limit(one(given, "limit")));
    }

    private static void check(String name, List<String> values) {
        if (!ProductSearch.PARAMETERS.contains(name)) {
            throw new SearchRefusedException(
                    "parameter " + Names.shown(name),
                    "there is none of this name",
                    "did you mean " + Names.nearest(name, ProductSearch.PARAMETERS) + "? There are "
                            + String.join(", ", ProductSearch.PARAMETERS));
        }
        if (values.size() != 1) {
            throw new SearchRefusedException(name, "it is given " + values.size() + " times", "give it once");
        }
        String value = values.get(0);
        int longest = name.equals("after") ? 4 * LONGEST : LONGEST;
        if (value.length() > longest || value.indexOf('\0') >= 0) {
            throw new SearchRefusedException(
                    name, "it is longer than " + longest + " characters or holds a zero byte", "shorten it");
        }
    }

    private static @Nullable String one(Map<String, List<String>> given, String name) {
        return Optional.ofNullable(given.get(name)).map(values -> values.get(0)).orElse(null);
    }

    private static Sort sort(@Nullable String given) {
        if (given == null) {
            return Sort.NEWEST;
        }
        List<String> names =
                List.of(Sort.values()).stream().map(sort -> sort.given).toList();
        oneOf("sort", given, names);
        return List.of(Sort.values()).get(names.indexOf(given));
    }

    private static void oneOf(String name, String value, Collection<String> allowed) {
        if (!allowed.contains(value)) {
            throw new SearchRefusedException(
                    name + "=" + Names.shown(value),
                    "allowed are " + String.join(", ", allowed),
                    "did you mean " + Names.nearest(value, allowed) + "?");
        }
    }

    private static @Nullable Long won(Map<String, List<String>> given, String name) {
        String value = one(given, name);
        if (value == null) {
            return null;
        }
        if (!value.matches("[0-9]{1," + WON_DIGITS + "}")) {
            throw new SearchRefusedException(
                    name + "=" + Names.shown(value),
                    "a price is whole won, 0 or more, " + WON_DIGITS + " digits at most",
                    "write digits only, such as 12900");
        }
        return Long.valueOf(value);
    }

    private static int limit(@Nullable String given) {
        if (given == null) {
            throw new SearchRefusedException("limit", "it is missing", "add limit=100; allowed are 1 to " + MOST);
        }
        int limit = given.matches("[0-9]{1,3}") ? Integer.parseInt(given) : 0;
        if (limit < 1 || limit > MOST) {
            throw new SearchRefusedException(
                    "limit=" + Names.shown(given), "allowed are 1 to " + MOST, "ask for fewer and go on with next");
        }
        return limit;
    }

    /** Names that people mistype. */
    private static final class Names {

        static String nearest(String given, Collection<String> names) {
            return names.stream()
                    .min(Comparator.comparingInt(name -> edits(given, name)))
                    .orElseThrow();
        }

        /** Short enough for an answer. */
        static String shown(String given) {
            return given.length() > 40 ? given.substring(0, 40) + "…" : given;
        }

        /** How many characters have to be put in, taken out or exchanged; of the first 40. */
        private static int edits(String given, String name) {
            String from = shown(given).toLowerCase(Locale.ROOT);
            int[] row = new int[name.length() + 1];
            for (int j = 0; j < row.length; j++) {
                row[j] = j;
            }
            for (int i = 1; i <= from.length(); i++) {
                int diagonal = row[0];
                row[0] = i;
                for (int j = 1; j < row.length; j++) {
                    int exchanged = diagonal + (from.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1);
                    diagonal = row[j];
                    row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
                }
            }
            return row[name.length()];
        }
    }
}
