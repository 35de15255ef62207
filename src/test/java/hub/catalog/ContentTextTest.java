package hub.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;

class ContentTextTest {

    @Property(tries = 300)
    void any_text_is_written_as_the_tree_writes_itself_but_for_nul(
            @ForAll String text, @ForAll @CharRange(from = '\ud800', to = '\udfff') String halves) {
        String expected = json(text.replace('\0', '?'), halves).toString();

        assertThat(ContentText.of(json(text, halves))).isEqualTo(expected.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode json(String text, String halves) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("text", text).put(halves, halves + text).put("number", 12).putNull("nothing");
        return json;
    }

    @Example
    void emoji_stay_and_half_of_one_becomes_a_question_mark() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("a", "😀\ud83d \\ud83d");

        assertThat(new String(ContentText.of(json), StandardCharsets.UTF_8)).isEqualTo("{\"a\":\"😀? \\\\ud83d\"}");
    }
}
