package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Goods;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * The options of one item, named by codes such as {@code 01}, or {@code 00_02} where two choices combine.
 *
 * <p>An item without options is ordered by the code {@code 00}.
 */
record Options(Ware ware) {

    static final String NONE = "00";

    /** Codes in the order of {@link Ware#stock()}. */
    List<String> codes() {
        List<Goods.Option> options = ware.goods().options();
        if (options.isEmpty()) {
            return List.of(NONE);
        }
        List<List<String>> choices = choices();
        return options.stream().map(option -> code(option, choices)).toList();
    }

    /** Words for the option at {@code index}; empty for an item without options. */
    String name(int index) {
        List<Goods.Option> options = ware.goods().options();
        return options.isEmpty() ? "" : options.get(index).value();
    }

    long extraWon(int index) {
        List<Goods.Option> options = ware.goods().options();
        return options.isEmpty() ? 0 : options.get(index).extraWon();
    }

    boolean hidden(int index) {
        return !ware.goods().options().isEmpty() && (ware.traits().draw() + index) % 37 == 36;
    }

    /** The JSON text that {@code selectOpt} holds; empty for an item without options. */
    String selectOpt() {
        List<Goods.Option> options = ware.goods().options();
        if (options.isEmpty()) {
            return "";
        }
        ObjectNode root = Loose.object().put("type", "combination").put("optSort", "reg");
        putChoices(root.putArray("set"));
        ObjectNode data = root.putObject("data");
        List<String> codes = codes();
        for (int index = 0; index < codes.size(); index++) {
            data.set(codes.get(index), combination(index));
        }
        return root.toString();
    }

    private void putChoices(ArrayNode set) {
        String[] names = ware.goods().options().get(0).name().split("/", -1);
        List<List<String>> choices = choices();
        for (int level = 0; level < choices.size(); level++) {
            ObjectNode choice = set.addObject().put("name", names[level]);
            ArrayNode values = choice.putArray("opts");
            ArrayNode prices = choice.putArray("domPrice");
            ArrayNode keys = choice.putArray("changeKey");
            for (int index = 0; index < choices.get(level).size(); index++) {
                values.add(choices.get(level).get(index));
                prices.add("0");
                keys.add(twoDigits(index));
            }
        }
    }

    private ObjectNode combination(int index) {
        int left = ware.stock().get(index);
        String extra = Long.toString(extraWon(index));
        return Loose.object()
                .put("name", name(index))
                .put("dom", "1")
                .put("domPrice", extra)
                .put("sam", "0")
                .put("samPrice", "0")
                .put("sup", "1")
                .put("supPrice", extra)
                .put("qty", Integer.toString(left))
                .put("hid", hid(index, left))
                .put("hash", "h" + ware.no() + index);
    }

    private String hid(int index, int left) {
        if (hidden(index)) {
            return "1";
        }
        return left == 0 && ware.traits().draw() % 2 == 0 ? "2" : "0";
    }

    private List<List<String>> choices() {
        List<LinkedHashSet<String>> distinct = new ArrayList<>();
        for (Goods.Option option : ware.goods().options()) {
            String[] values = option.value().split("/", -1);
            for (int level = 0; level < values.length; level++) {
                if (distinct.size() == level) {
                    distinct.add(new LinkedHashSet<>());
                }
                distinct.get(level).add(values[level]);
            }
        }
        return distinct.stream().map(List::copyOf).toList();
    }

    private static String code(Goods.Option option, List<List<String>> choices) {
        String[] values = option.value().split("/", -1);
        List<String> parts = new ArrayList<>();
        for (int level = 0; level < values.length; level++) {
            parts.add(twoDigits(choices.get(level).indexOf(values[level])));
        }
        return String.join("_", parts);
    }

    private static String twoDigits(int index) {
        return String.format(Locale.ROOT, "%02d", index);
    }
}
