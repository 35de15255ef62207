package hub.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TitlesTest {

    private final Titles titles = new Titles(List.of("무료배송", "할인", "최저가", "한정수량"));

    @Test
    void banned_and_repeated_words_control_characters_and_blanks_go() {
        assertThat(titles.clean("[무료배송] 최저가  머그컵\t머그컵\u0000 300ml\u200b 할인", 100))
                .isEqualTo("머그컵 300ml");
        assertThat(titles.clean("[무료배송] 할인", 100)).isEmpty();
    }

    @Test
    void title_is_cut_between_words_and_a_single_word_between_characters() {
        assertThat(titles.clean("아주 좋은 머그컵", 6)).isEqualTo("아주 좋은");
        assertThat(titles.clean("머그컵머그컵", 4)).isEqualTo("머그컵머");
        assertThat(titles.clean("컵😀", 2)).isEqualTo("컵");
    }

    @Property
    void never_longer_than_allowed_and_cleaning_twice_changes_nothing(
            @ForAll String name, @ForAll @IntRange(min = 1, max = 60) int length) {
        String title = titles.clean(name, length);

        assertThat(title.length()).isLessThanOrEqualTo(length);
        assertThat(title).isEqualTo(title.strip());
        assertThat(titles.clean(title, length)).isEqualTo(title);
    }
}
