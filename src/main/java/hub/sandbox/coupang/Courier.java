package hub.sandbox.coupang;

import java.util.Arrays;
import java.util.Optional;

/** The couriers Coupang knows and how long their numbers are. Source: courier codes, article 360034156033. */
enum Courier {
    CJGLS("CJ 대한통운", "\\d{10}|\\d{12}"),
    HYUNDAI("롯데택배", "\\d{10}|\\d{12}|\\d{13}"),
    HANJIN("한진택배", "\\d{10}|\\d{12}"),
    KGB("로젠택배", "\\d{10}|\\d{11}"),
    EPOST("우체국", "\\d{13}"),
    KDEXP("경동택배", "\\d{8,16}"),
    ILYANG("일양택배", "\\d{8,16}"),
    CHUNIL("천일특송", "\\d{11}"),
    DAESIN("대신택배", "\\d{13}"),
    CVS("편의점택배", "\\d{10}|\\d{12}"),
    DIRECT("업체직송", "\\d+");

    private final String korean;
    private final String number;

    Courier(String korean, String number) {
        this.korean = korean;
        this.number = number;
    }

    static Optional<Courier> of(String code) {
        return Arrays.stream(values())
                .filter(courier -> courier.name().equals(code))
                .findFirst();
    }

    String korean() {
        return korean;
    }

    /** What is wrong with a number; empty when nothing is. The text about the length is a guess. */
    Optional<String> refusal(String given) {
        if (!given.matches("\\d+")) {
            return Optional.of(korean + "의 운송장번호는 숫자로만 구성되어야 합니다. InvoiceNumber must be number. [" + given + "]");
        }
        if (!given.matches(number)) {
            return Optional.of(korean + "의 운송장번호 자릿수가 올바르지 않습니다. Invalid invoiceNumber length. [" + given + "]");
        }
        return Optional.empty();
    }
}
