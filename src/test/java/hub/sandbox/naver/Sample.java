package hub.sandbox.naver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.sandbox.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** A recorded exchange with Naver, whose field names are real and whose values are invented. */
record Sample(JsonNode request, JsonNode response) {

    static final ObjectMapper JSON = new ObjectMapper();

    static Sample of(String name) {
        JsonNode sample = read(name);
        return new Sample(sample.at("/request/body"), sample.at("/response/body"));
    }

    static JsonNode read(String name) {
        try (InputStream file =
                Objects.requireNonNull(Sample.class.getResourceAsStream("/sandbox/naver/" + name + ".json"))) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode body(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths of all fields; every element of a list counts as the same place. */
    static Set<String> fields(JsonNode node) {
        Set<String> paths = new TreeSet<>();
        collect(node, "", paths);
        return paths;
    }

    private static void collect(JsonNode node, String path, Set<String> paths) {
        if (node.isArray()) {
            node.forEach(element -> collect(element, path + "[]", paths));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            paths.add(path + "/" + field.getKey());
            collect(field.getValue(), path + "/" + field.getKey(), paths);
        }
    }
}
