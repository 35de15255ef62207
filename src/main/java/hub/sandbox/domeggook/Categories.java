package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** The category tree: two filled levels of the five that a code such as {@code 01_01_00_00_00} has. */
final class Categories {

    private static final List<String> NAMES = List.of("생활/주방", "가구/인테리어", "패션잡화", "디지털/가전", "스포츠/레저", "반려동물");

    private Categories() {}

    /** Code of the top level of a category of the invented catalogue. */
    static String topCode(String category) {
        return String.format(Locale.ROOT, "%02d_00_00_00_00", number(category));
    }

    static String code(String category) {
        return String.format(Locale.ROOT, "%02d_01_00_00_00", number(category));
    }

    static String topName(String category) {
        return category.split("/", -1)[0];
    }

    static String name(String category) {
        String[] levels = category.split("/", -1);
        return levels[levels.length - 1];
    }

    /** Whether a category lies in the branch {@code code}: the levels of the code that are not {@code 00} agree. */
    static boolean within(String code, String category) {
        String branch = code.replaceAll("(_00)+$", "");
        return code(category).equals(branch) || code(category).startsWith(branch + "_");
    }

    static ObjectNode tree() {
        ObjectNode items = Loose.object();
        for (String category : NAMES) {
            ObjectNode child = Loose.object();
            child.set("01", node(code(category), name(category), Loose.text("")));
            String key = topCode(category).substring(0, 2);
            items.set(key, node(topCode(category), topName(category), child));
        }
        ObjectNode answer = Loose.object();
        answer.set("items", items);
        return answer;
    }

    private static ObjectNode node(String code, String name, JsonNode child) {
        ObjectNode node = Loose.object()
                .put("code", code)
                .put("name", name)
                .put("locked", "n")
                .put("int", "1");
        node.set("child", child);
        return node;
    }

    private static int number(String category) {
        return NAMES.indexOf(category) + 1;
    }
}
