package hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ONE_TO_TEN_DIGITS = Pattern.compile("[0-9]{1,10}");

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "12000, 12000",
        "12000.0, 12000",
        "'\"12000\"', 12000",
        "'\"0012\"', 12",
        "10000000000, 10000000000"
    })
    void whole_won_are_read(String json, long won) {
        assertThat(Fields.won(item(json), "v", "v")).isEqualTo(won);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "-0",
                "-0.0",
                "0.5",
                "12000.5",
                "1e400",
                "-1e400",
                "1e20",
                "10000000001",
                "99999999999999999999999",
                "null",
                "true",
                "[]",
                "{}",
                "\"\"",
                "\" 12\"",
                "\"12,000\"",
                "\"1e3\"",
                "\"１２０００\"",
                "\"+5\"",
                "\"-5\"",
                "\"12000.0\"",
                "\"0x10\"",
                "\"99999999999\"",
                "\"NaN\"",
                "\"٣\""
            })
    void anything_else_is_no_price(String json) {
        assertThatThrownBy(() -> Fields.won(item(json), "v", "options[0].costWon"))
                .isInstanceOfSatisfying(
                        ItemRefusedException.class, e -> assertThat(e.path()).isEqualTo("options[0].costWon"));
    }

    @Test
    void price_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> Fields.won(item("1"), "other", "other")).isInstanceOf(ItemRefusedException.class);
    }

    @Test
    void stock_that_is_not_told_is_unknown_and_none_is_none() {
        assertThat(Fields.pieces(item("null"), "v", "v")).isNull();
        assertThat(Fields.pieces(item("1"), "other", "other")).isNull();
        assertThat(Fields.pieces(item("0"), "v", "v")).isZero();
        assertThat(Fields.pieces(item("\"999999999\""), "v", "v")).isEqualTo(999_999_999);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1000000000", "0.1", "\"\"", "\"many\"", "true", "1e400"})
    void anything_else_is_no_stock(String json) {
        assertThatThrownBy(() -> Fields.pieces(item(json), "v", "v")).isInstanceOf(ItemRefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"  \"",
                "null",
                "true",
                "1.5",
                "[\"a\"]",
                "\"a\\u0000b\"",
                "\"a\\ud800b\"",
                "\"12345678901\""
            })
    void text_is_short_and_of_real_characters(String json) {
        assertThatThrownBy(() -> Fields.text(item(json), "v", "v", 10)).isInstanceOf(ItemRefusedException.class);
    }

    @Test
    void text_of_pairs_and_numbers_of_18_digits_are_kept() {
        assertThat(Fields.text(item("\"\\ud83d\\ude00\""), "v", "v", 10)).isEqualTo("😀");
        assertThat(Fields.text(item("987654321098765432"), "v", "v", 20)).isEqualTo("987654321098765432");
    }

    @Property(tries = 500)
    void every_price_in_range_is_kept_to_the_won(@ForAll @LongRange(min = 1, max = 9_999_999_999L) long won) {
        assertThat(Fields.won(item(Long.toString(won)), "v", "v")).isEqualTo(won);
        assertThat(Fields.won(item("\"" + won + "\""), "v", "v")).isEqualTo(won);
    }

    @Property(tries = 500)
    void text_is_a_price_only_if_it_is_plain_digits(@ForAll String text) {
        JsonNode item = JsonNodeFactory.instance.objectNode().put("v", text);
        try {
            assertThat(Fields.won(item, "v", "v")).isEqualTo(Long.parseLong(text));
            assertThat(text).matches(ONE_TO_TEN_DIGITS);
        } catch (ItemRefusedException e) {
            assertThat(e.value().length()).isLessThanOrEqualTo(200);
        }
    }

    private static JsonNode item(String json) {
        try {
            return JSON.readTree("{\"v\": " + json + "}");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
