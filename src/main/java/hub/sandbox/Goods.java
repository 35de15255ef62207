package hub.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One product of an invented catalogue, before a supplier puts it into its own words.
 *
 * @param number from 0 on
 * @param won the supply price, a multiple of 10
 * @param options empty when there is nothing to choose
 * @param stock of the product without options; the sum over the options otherwise
 */
public record Goods(
        int number,
        String name,
        String category,
        String maker,
        String origin,
        long won,
        int stock,
        boolean soldOut,
        boolean taxFree,
        List<Option> options) {

    /**
     * One choice.
     *
     * @param value such as {@code 블랙 / L}
     * @param extraWon what it costs more than the product, 0 or more
     */
    public record Option(String name, String value, long extraWon, int stock) {}

    private static final List<String> STYLES =
            List.of("북유럽", "접이식", "휴대용", "대용량", "무선", "프리미엄", "다용도", "미니", "스테인리스", "논슬립");
    private static final List<String> THINGS = List.of(
            "주방 선반", "텀블러", "방수 돗자리", "수납함", "LED 스탠드", "빨래 건조대", "강아지 방석", "요가 매트", "욕실 매트", "캠핑 의자", "실리콘 주걱",
            "옷걸이 세트", "차량용 거치대", "면 티셔츠", "양말 세트", "에코백", "우산", "무드등", "핸드폰 케이스", "밀폐용기");
    private static final List<String> CATEGORIES = List.of("생활/주방", "가구/인테리어", "패션잡화", "디지털/가전", "스포츠/레저", "반려동물");
    private static final List<String> COLOURS = List.of("블랙", "화이트", "그레이", "네이비", "베이지");
    private static final List<String> SIZES = List.of("S", "M", "L", "XL");
    private static final List<String> MAKERS = List.of("한빛상사", "다온리빙", "누리산업", "온새미로", "미르무역");

    /** Product {@code number} of a supplier; the same arguments give the same product. */
    public static Goods of(long seed, String supplier, int number) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003 + supplier.hashCode() * 31L + number);
        long won = 100 * random.nextLong(15, 900);
        List<Option> options = options(random);
        boolean soldOut = random.nextInt(40) == 0;
        int stock = options.isEmpty()
                ? random.nextInt(5, 500)
                : options.stream().mapToInt(Option::stock).sum();
        return new Goods(
                number,
                pick(STYLES, random) + " " + pick(THINGS, random) + " " + (number + 1) + "호",
                pick(CATEGORIES, random),
                pick(MAKERS, random),
                random.nextInt(4) == 0 ? "국산" : "중국",
                won,
                soldOut ? 0 : stock,
                soldOut,
                random.nextInt(50) == 0,
                options);
    }

    private static List<Option> options(SplittableRandom random) {
        List<Option> options = new ArrayList<>();
        if (random.nextInt(3) > 0) {
            return options;
        }
        int colours = random.nextInt(2, COLOURS.size() + 1);
        boolean sized = random.nextBoolean();
        for (String colour : COLOURS.subList(0, colours)) {
            if (!sized) {
                options.add(new Option("색상", colour, 100L * random.nextInt(3), random.nextInt(120)));
                continue;
            }
            for (String size : SIZES.subList(0, 3)) {
                options.add(new Option("색상/사이즈", colour + "/" + size, 100L * random.nextInt(3), random.nextInt(60)));
            }
        }
        return options;
    }

    private static String pick(List<String> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }
}
