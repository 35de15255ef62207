package hub.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one partner remembers, over restarts: JSON documents by kind and id.
 *
 * <p>Every change is one appended line, handed to the operating system before the call returns, so that it survives a
 * killed process. The file is rewritten when it is opened. Every document handed out is a copy. Thread-safe.
 */
public final class SandboxStore implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, TreeMap<String, PackedJson>> documents = new TreeMap<>();
    private final Writer log;

    /** @param file such as {@code data/sandbox/coupang.jsonl}; made with its folder when missing */
    public SandboxStore(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            if (Files.exists(file)) {
                replay(file);
            }
            rewrite(file);
            this.log = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox state " + file, e);
        }
    }

    public synchronized Optional<JsonNode> get(String kind, String id) {
        return Optional.ofNullable(kind(kind).get(id)).map(PackedJson::tree);
    }

    /** All documents of a kind, by id. */
    public synchronized List<JsonNode> all(String kind) {
        return kind(kind).values().stream().map(PackedJson::tree).toList();
    }

    public synchronized void put(String kind, String id, JsonNode document) {
        String text = document.toString();
        kind(kind).put(id, new PackedJson(text));
        append(kind, id, text);
    }

    public synchronized void remove(String kind, String id) {
        if (kind(kind).remove(id) != null) {
            append(kind, id, "null");
        }
    }

    /** The next number of a sequence; the first is {@code first}. */
    public synchronized long next(String sequence, long first) {
        long next = get("sequence", sequence).map(last -> last.asLong() + 1).orElse(first);
        put("sequence", sequence, JSON.getNodeFactory().numberNode(next));
        return next;
    }

    @Override
    public synchronized void close() {
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, PackedJson> kind(String kind) {
        return documents.computeIfAbsent(kind, k -> new TreeMap<>());
    }

    private void append(String kind, String id, String document) {
        try {
            log.write(line(kind, id, document));
            log.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("sandbox state of " + kind + " " + id, e);
        }
    }

    private void replay(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                replay(line);
            }
        }
    }

    private void replay(String line) {
        JsonNode entry;
        try {
            entry = JSON.readTree(line);
        } catch (IOException e) {
            return; // the last line of a killed process may be half written: its call was never answered
        }
        Map<String, PackedJson> kind = kind(entry.path("kind").asText());
        if (entry.hasNonNull("document")) {
            kind.put(
                    entry.path("id").asText(),
                    new PackedJson(entry.get("document").toString()));
        } else {
            kind.remove(entry.path("id").asText());
        }
    }

    private void rewrite(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (Writer out = Files.newBufferedWriter(fresh)) {
            for (Map.Entry<String, TreeMap<String, PackedJson>> kind : documents.entrySet()) {
                for (Map.Entry<String, PackedJson> document : kind.getValue().entrySet()) {
                    out.write(line(
                            kind.getKey(),
                            document.getKey(),
                            document.getValue().text()));
                }
            }
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String line(String kind, String id, String document) {
        ObjectNode entry = JSON.createObjectNode().put("kind", kind).put("id", id);
        entry.putRawValue("document", new RawValue(document));
        return entry + "\n";
    }
}
