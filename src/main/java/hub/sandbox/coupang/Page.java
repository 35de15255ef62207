package hub.sandbox.coupang;

/** The paging parameters of lists whose token is a page number in text, from 1 on. */
final class Page {

    private Page() {}

    /** @throws RefusedException if it is no number from 1 to {@code max} */
    static int size(Call call, String parameter, int standard, int max) {
        int size = call.query(parameter).map(Page::positive).orElse(standard);
        if (size < 1 || size > max) {
            throw RefusedException.product(parameter + "는 1 이상 " + max + " 이하로 입력해야 합니다.");
        }
        return size;
    }

    static int number(Call call, String parameter) {
        int number = call.query(parameter).map(Page::positive).orElse(1);
        if (number < 1) {
            throw RefusedException.product(parameter + " 값이 유효하지 않습니다.");
        }
        return number;
    }

    private static int positive(String text) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }
}
