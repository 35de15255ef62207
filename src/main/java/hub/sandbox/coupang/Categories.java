package hub.sandbox.coupang;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.Answer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A few display categories, and the guess in which of them a product belongs. */
final class Categories {

    private static final String META = "/meta/display-categories";

    /** By code, the word that leads to it; the codes are invented but for the first. */
    private static final Map<Integer, String> NAMES = names();

    void register(Routes routes) {
        routes.add(
                "POST",
                "/v2/providers/openapi/apis/api/v1/categorization/predict",
                "predict-category",
                Categories::predict);
        routes.product(
                "GET", "/meta/category-related-metas/display-category-codes/{}", "get-category-meta", Categories::meta);
        routes.product("GET", META, "list-display-categories", call -> tree());
        routes.product("GET", META + "/{}", "get-display-category", Categories::category);
        routes.product("GET", META + "/{}/status", "get-category-status", Categories::status);
    }

    private static Answer predict(Call call) {
        String name = call.body().path("productName").asText("").strip();
        if (name.isEmpty()) {
            throw RefusedException.order("Input product name should not be empty!");
        }
        ObjectNode data = Envelope.object();
        if (name.length() < 4) {
            data.put("autoCategorizationPredictionResultType", "INSUFFICIENT_INFORMATION");
            data.putNull("predictedCategoryId").putNull("predictedCategoryName");
        } else {
            int code = predicted(name);
            data.put("autoCategorizationPredictionResultType", "SUCCESS")
                    .put("predictedCategoryId", Integer.toString(code))
                    .put("predictedCategoryName", NAMES.get(code));
        }
        data.putNull("comment");
        return Envelope.order(data);
    }

    private static int predicted(String name) {
        return NAMES.entrySet().stream()
                .filter(category -> name.contains(category.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(77_413);
    }

    private static Answer meta(Call call) {
        code(call);
        ObjectNode data = Envelope.object().put("isAllowSingleItem", true);
        ArrayNode attributes = data.putArray("attributes");
        ObjectNode count = attribute(PurchaseOptions.MANDATORY, "NUMBER", "개", "MANDATORY");
        count.putArray("usableUnits").add("개").add("세트");
        attributes.add(count).add(attribute("색상", "STRING", "없음", "OPTIONAL"));
        ObjectNode notice = data.putArray("noticeCategories").addObject().put("noticeCategoryName", "기타 재화");
        ArrayNode details = notice.putArray("noticeCategoryDetailNames");
        details.addObject().put("noticeCategoryDetailName", "품명 및 모델명").put("required", "MANDATORY");
        details.addObject().put("noticeCategoryDetailName", "제조국(원산지)").put("required", "MANDATORY");
        data.putArray("requiredDocumentNames")
                .addObject()
                .put("templateName", "기타인증서류")
                .put("required", "OPTIONAL");
        data.putArray("certifications")
                .addObject()
                .put("certificationType", "NOT_REQUIRED")
                .put("name", "인증대상아님")
                .put("dataType", "NONE")
                .put("required", "OPTIONAL");
        data.putArray("allowedOfferConditions").add("NEW");
        return Envelope.product("", data);
    }

    private static ObjectNode attribute(String name, String dataType, String unit, String required) {
        ObjectNode attribute = Envelope.object()
                .put("attributeTypeName", name)
                .put("dataType", dataType)
                .put("inputType", "INPUT");
        attribute.putArray("inputValues");
        attribute.put("basicUnit", unit);
        attribute.putArray("usableUnits");
        return attribute.put("required", required).put("groupNumber", "NONE").put("exposed", "EXPOSED");
    }

    private static Answer tree() {
        ObjectNode root = node(0, "ROOT");
        NAMES.forEach((code, name) -> root.withArray("child").add(node(code, name)));
        return Envelope.product("", root);
    }

    private static Answer category(Call call) {
        int code = code(call);
        return Envelope.product("", node(code, NAMES.getOrDefault(code, "기타")));
    }

    private static Answer status(Call call) {
        code(call);
        return Envelope.product("", Envelope.object().booleanNode(true));
    }

    private static ObjectNode node(int code, String name) {
        ObjectNode node = Envelope.object()
                .put("displayItemCategoryCode", code)
                .put("name", name)
                .put("status", "ACTIVE");
        node.putArray("child");
        return node;
    }

    private static int code(Call call) {
        long code = call.number(0);
        if (code <= 0 || code > 999_999) {
            throw RefusedException.product("노출 카테고리 코드가 유효하지 않습니다. [" + call.var(0) + "]");
        }
        return (int) code;
    }

    private static Map<Integer, String> names() {
        Map<Integer, String> names = new LinkedHashMap<>();
        names.put(77_413, "선반");
        names.put(77_414, "텀블러");
        names.put(77_415, "수납함");
        names.put(77_416, "스탠드");
        names.put(77_417, "매트");
        names.put(77_418, "의자");
        names.put(77_419, "티셔츠");
        names.put(77_420, "양말");
        names.put(77_421, "케이스");
        return names;
    }
}
