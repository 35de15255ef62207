package hub.order;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Purchase orders as files, for suppliers where a person enters them: {@code <folder>/<supplier>/<our order
 * number>.csv}.
 *
 * <p>UTF-8 with a byte order mark, so that Excel reads the Korean; one header line and one order. A file is written
 * beside its place, forced to disk and then renamed: it is there whole or not at all. The same order is the same file.
 */
@Component
public class HandOff {

    private static final String HEADER = "own_order_no,supplier_code,option,qty,receiver,phone,zip,addr1,addr2,message";

    private final Path folder;

    HandOff(HandOffOptions options) {
        this.folder = Path.of(options.folder());
    }

    /**
     * Writes the file of a purchase order.
     *
     * @return a call result: {@code ok}, or {@code retry} with the reason when the disk refuses
     */
    public JsonNode write(String supplier, JsonNode task) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("item", task);
        try {
            store(file(supplier, task), "\uFEFF" + HEADER + "\r\n" + line(task) + "\r\n");
        } catch (IOException e) {
            return result.put("outcome", "retry").put("reason", "the hand-off file cannot be written: " + e);
        }
        result.put("outcome", "ok").put("reason", "");
        result.putObject("result")
                .putArray("supplierOrderIds")
                .add(task.path("clientRef").asText());
        return result;
    }

    /** Whether the file of a purchase order is there, as a look-up answers it. */
    public JsonNode find(String supplier, JsonNode task) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.set("item", task);
        result.put("outcome", "ok").put("reason", "");
        var found = result.putObject("result").putArray("found");
        if (Files.exists(file(supplier, task))) {
            found.addObject().put("supplierOrderId", task.path("clientRef").asText());
        }
        return result;
    }

    private Path file(String supplier, JsonNode task) {
        return folder.resolve(supplier).resolve(task.path("clientRef").asText() + ".csv");
    }

    private static void store(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String line(JsonNode task) {
        JsonNode receiver = task.path("receiver");
        String option = task.path("optionKey").asText();
        return List.of(
                        task.path("clientRef").asText(),
                        task.path("sku").asText(),
                        option,
                        task.path("quantity").asText(),
                        receiver.path("name").asText(),
                        receiver.path("phone").asText(),
                        receiver.path("zip").asText(),
                        receiver.path("address1").asText(),
                        receiver.path("address2").asText(),
                        task.path("message").asText())
                .stream()
                .map(HandOff::field)
                .collect(Collectors.joining(","));
    }

    /** Quoted by RFC 4180; what a spreadsheet would take for a formula is made text. */
    private static String field(String text) {
        String plain = text.replaceAll("[\\r\\n]+", " ");
        String safe = plain.matches("^[=+\\-@\\t].*") ? "'" + plain : plain;
        return safe.matches(".*[\",].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
