package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Answers of partners as their documents print them, read as a call would read them. */
public final class SampleAnswers {

    private SampleAnswers() {}

    /** Such as {@code zentrade/products.xml}. */
    public static JsonNode read(String file) {
        try (InputStream in = SampleAnswers.class.getResourceAsStream("/samples/" + file)) {
            return AnswerReader.read(
                    Objects.requireNonNull(in, file).readAllBytes(), file.substring(file.lastIndexOf('.') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
