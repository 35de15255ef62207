package hub.sandbox.naver;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.SplittableRandom;

/** An invented buyer: no such person, place or telephone number exists. */
record Person(String name, String telephone, String base, String detail, String zipCode) {

    private static final List<String> SURNAMES = List.of("김", "이", "박", "최", "정", "강", "조", "윤", "장", "임");
    private static final List<String> NAMES = List.of("가상", "모의", "보기", "견본", "예시", "시험", "연습", "허구", "가람", "누리");
    private static final List<String> PLACES =
            List.of("서울특별시 가상구 모의로", "경기도 가상시 예시로", "부산광역시 견본구 시험로", "대전광역시 보기구 연습로", "제주특별자치도 가상시 허구로");

    static Person of(SplittableRandom random) {
        return new Person(
                pick(SURNAMES, random) + pick(NAMES, random),
                String.format("010-0000-%04d", random.nextInt(10_000)),
                pick(PLACES, random) + " " + random.nextInt(1, 300),
                random.nextInt(101, 120) + "동 " + random.nextInt(1, 25) + String.format("%02d호", random.nextInt(1, 9)),
                String.format("%05d", random.nextInt(1_000, 63_000)));
    }

    /** The address in the words of an order, for somebody who may have another name. */
    ObjectNode address(String receiver) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("addressType", "DOMESTIC")
                .put("baseAddress", base)
                .put("detailedAddress", detail)
                .put("city", "")
                .put("state", "")
                .put("country", "대한민국")
                .put("name", receiver)
                .put("tel1", telephone)
                .put("tel2", "")
                .put("zipCode", zipCode)
                .put("isRoadNameAddress", true)
                .put("pickupLocationType", "FRONT_OF_DOOR")
                .put("entryMethod", "FREE");
    }

    private static String pick(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
