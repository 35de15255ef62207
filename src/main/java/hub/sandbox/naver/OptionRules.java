package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a product's combination options must be: one to three named groups, each combination once. */
final class OptionRules {

    private static final String PATH = "originProduct.detailAttribute.optionInfo.";

    private OptionRules() {}

    static void check(JsonNode info, List<RefusedException.Invalid> invalid) {
        JsonNode combinations = info.path("optionCombinations");
        if (combinations.isEmpty()) {
            return;
        }
        int groups = groups(info);
        if (groups == 0) {
            invalid.add(bad("optionCombinationGroupNames", "옵션명을 입력해 주세요."));
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < combinations.size(); i++) {
            String path = "optionCombinations[" + i + "]";
            if (!whole(combinations.path(i), groups)) {
                invalid.add(bad(path, "옵션값, 재고수량, 옵션가를 확인해 주세요."));
            } else if (!seen.add(value(combinations.path(i)))) {
                invalid.add(bad(path, "중복된 옵션입니다."));
            }
        }
    }

    /** How a buyer sees the choice: {@code 색상: 화이트 / 사이즈: L}. */
    static String shown(JsonNode info, JsonNode combination) {
        StringBuilder text = new StringBuilder();
        for (int group = 1; group <= groups(info); group++) {
            text.append(text.isEmpty() ? "" : " / ")
                    .append(info.at("/optionCombinationGroupNames/optionGroupName" + group)
                            .asText())
                    .append(": ")
                    .append(combination.path("optionName" + group).asText());
        }
        return text.toString();
    }

    /** Price is a difference to the product's and may be negative. */
    private static boolean whole(JsonNode combination, int groups) {
        for (int group = 1; group <= groups; group++) {
            if (combination.path("optionName" + group).asText().isBlank()) {
                return false;
            }
        }
        JsonNode stock = combination.path("stockQuantity");
        return stock.isIntegralNumber()
                && stock.asLong() >= 0
                && stock.asLong() <= 99_999_999
                && (combination.path("price").isMissingNode()
                        || combination.path("price").isIntegralNumber());
    }

    private static String value(JsonNode combination) {
        return combination.path("optionName1").asText() + "\n"
                + combination.path("optionName2").asText() + "\n"
                + combination.path("optionName3").asText();
    }

    private static int groups(JsonNode info) {
        int groups = 0;
        while (groups < 3
                && !info.at("/optionCombinationGroupNames/optionGroupName" + (groups + 1))
                        .asText()
                        .isBlank()) {
            groups++;
        }
        return groups;
    }

    private static RefusedException.Invalid bad(String path, String message) {
        return new RefusedException.Invalid(PATH + path, "INVALID", message);
    }
}
