package hub.console;

import hub.partner.ledger.CallSums;
import hub.partner.ledger.CallSums.Sum;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The calls of today as a page shows them: a row a partner. */
record CallsView(List<String> kinds, List<Row> rows) {

    private static final List<String> KINDS = List.of("ok", "final", "credentials", "limited", "retry", "unknown");

    /**
     * Calls of one partner.
     *
     * @param byKind how many by class of answer, every class
     */
    record Row(String partner, Map<String, Long> byKind, long costWon) {

        static Row of(String partner, List<Sum> sums) {
            Map<String, Long> byKind = new LinkedHashMap<>();
            KINDS.forEach(kind -> byKind.put(kind, 0L));
            sums.forEach(sum -> byKind.merge(sum.kind(), sum.tally().calls(), Long::sum));
            return new Row(partner, byKind, CallSums.total(sums).costWon());
        }
    }

    static CallsView of(List<Sum> sums) {
        Map<String, List<Sum>> byPartner =
                sums.stream().collect(Collectors.groupingBy(Sum::partner, TreeMap::new, Collectors.toList()));
        return new CallsView(
                KINDS,
                byPartner.entrySet().stream()
                        .map(one -> Row.of(one.getKey(), one.getValue()))
                        .toList());
    }
}
