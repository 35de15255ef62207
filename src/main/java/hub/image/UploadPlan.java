package hub.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pictures of one product go up next, and what is left of them, written into its task:
 *
 * <pre>
 * pictures   [{place, url, hash, hosted, remembered}, …] that can be used, in order; hosted once the market has it
 * batch      [{key, name, type, hash}, …] to be uploaded in the next call; empty: nothing is left to do
 * queue      [[…], …] the batches after it
 * imageUrls  at the market, when the outcome is ok and the batch empty
 * </pre>
 *
 * <p>Used by one thread.
 */
final class UploadPlan {

    private static final Logger LOG = LoggerFactory.getLogger(UploadPlan.class);
    private static final Duration MAKING = Duration.ofSeconds(60);
    private static final int REASON = 300;

    private final ObjectNode item;
    private final LeftOutPictures leftOut;
    private final ImageBook book;
    private final ImageOptions options;

    UploadPlan(JsonNode task, LeftOutPictures leftOut, ImageBook book, ImageOptions options) {
        this.item = task.deepCopy();
        this.leftOut = leftOut;
        this.book = book;
        this.options = options;
    }

    /** The first plan: all that is not at the market goes up together. */
    JsonNode of(List<Slot> slots) {
        leftOut.clear(item);
        item.putArray("pictures");
        item.putArray("queue");
        ArrayNode batch = item.putArray("batch");
        List<Slot> missing = new ArrayList<>();
        for (Slot slot : slots) {
            Slot done = settled(slot);
            if (done.problem() == null) {
                use(done, batch);
            } else {
                missing.add(done);
            }
        }
        return judged(missing);
    }

    private JsonNode judged(List<Slot> missing) {
        boolean later = missing.stream().anyMatch(Slot::later);
        boolean none = item.path("pictures").isEmpty();
        if (later && (none || item.path("job").path("attempt").asInt(1) < options.tries())) {
            item.putArray("batch");
            Slot first = missing.stream().filter(Slot::later).findFirst().orElseThrow();
            return result("retry", "picture " + cut(first.url()) + ": " + first.reason());
        }
        missing.forEach(this::leaveOut);
        return finished();
    }

    private void use(Slot slot, ArrayNode batch) {
        boolean twice = false;
        for (JsonNode before : item.path("pictures")) {
            twice |= before.path("hash").asText().equals(slot.contentHash());
        }
        if (twice) {
            return;
        }
        String hosted = slot.hosted();
        ObjectNode picture = item.withArray("/pictures")
                .addObject()
                .put("place", slot.place())
                .put("url", slot.url())
                .put("hash", slot.contentHash())
                .put("hosted", hosted)
                .put("remembered", hosted != null);
        if (hosted != null) {
            count();
            return;
        }
        CompletableFuture<String> making = slot.making();
        String key = making == null ? "" : making.getNow("");
        String ending = key.substring(key.lastIndexOf('.') + 1);
        batch.addObject()
                .put("key", key)
                .put("name", picture.path("place").asInt() + "." + ending)
                .put("type", PictureFormat.ofEnding(ending).mediaType())
                .put("hash", slot.contentHash());
    }

    private void count() {
        if (options.rule(item.path("market").asText()).asIs()) {
            book.fits();
        } else {
            book.reused();
        }
    }

    /** Waits for a picture that is being made. */
    static Slot settled(Slot slot) {
        CompletableFuture<String> making = slot.making();
        if (making == null) {
            return slot;
        }
        try {
            making.get(MAKING.toMillis(), TimeUnit.MILLISECONDS);
            return slot;
        } catch (ExecutionException e) {
            return e.getCause() instanceof ImageRefusedException refused
                    ? Slot.refused(slot.place(), slot.url(), refused.problem(), String.valueOf(refused.getMessage()))
                    : Slot.later(slot.place(), slot.url(), "it could not be made: " + e.getCause());
        } catch (TimeoutException e) {
            return Slot.later(slot.place(), slot.url(), "it was not made within " + MAKING.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Slot.later(slot.place(), slot.url(), "the hub is stopping");
        }
    }

    /** @param host is told of key and address of every picture that the market took */
    JsonNode answered(JsonNode call, BiConsumer<String, String> host) {
        String outcome = call.path("outcome").asText();
        JsonNode batch = item.path("batch");
        JsonNode urls = call.path("result").path("urls");
        if (outcome.equals("ok") && urls.size() == batch.size()) {
            for (int i = 0; i < batch.size(); i++) {
                took(batch.get(i), urls.get(i).asText(), host);
            }
            return next();
        }
        if (!outcome.equals("final")) {
            // A picture may go up twice: an upload without a clear answer is simply made again.
            item.putArray("batch");
            String reason = outcome.equals("ok")
                    ? "the market answered " + batch.size() + " pictures with " + urls.size() + " addresses"
                    : call.path("reason").asText();
            return result("retry", reason)
                    .put("notBefore", call.path("notBefore").asText());
        }
        if (batch.size() > 1) {
            oneByOne();
        } else {
            refusedByMarket(
                    batch.path(0).path("hash").asText(), call.path("reason").asText());
        }
        return next();
    }

    private void took(JsonNode file, String url, BiConsumer<String, String> host) {
        host.accept(file.path("key").asText(), url);
        for (JsonNode picture : item.path("pictures")) {
            if (picture.path("hash").equals(file.path("hash"))) {
                ((ObjectNode) picture).put("hosted", url);
            }
        }
    }

    /** The market does not say which of them it would not have. */
    private void oneByOne() {
        ArrayNode queue = item.withArray("/queue");
        item.path("batch").forEach(file -> queue.addArray().add(file));
    }

    private void refusedByMarket(String hash, String reason) {
        ArrayNode pictures = item.withArray("/pictures");
        for (int i = pictures.size() - 1; i >= 0; i--) {
            JsonNode picture = pictures.get(i);
            if (picture.path("hash").asText().equals(hash)) {
                leaveOut(
                        picture.path("place").asInt(),
                        picture.path("url").asText(),
                        ImageProblem.MARKET,
                        "the market refuses it: " + cut(reason)
                                + "; offer another picture, or correct hub.image.markets if its rule changed");
                pictures.remove(i);
            }
        }
    }

    private ObjectNode next() {
        ArrayNode queue = item.withArray("/queue");
        item.set("batch", queue.isEmpty() ? JsonNodeFactory.instance.arrayNode() : queue.remove(0));
        return finished();
    }

    private ObjectNode finished() {
        if (!item.path("batch").isEmpty()) {
            return result("ok", "");
        }
        Set<String> urls = new LinkedHashSet<>();
        item.path("pictures").forEach(picture -> urls.add(picture.path("hosted").asText()));
        ArrayNode imageUrls = item.putArray("imageUrls");
        urls.forEach(imageUrls::add);
        return urls.isEmpty()
                ? result(
                        "final",
                        "no picture of the product can be used; GET /api/images says why of each: offer others")
                : result("ok", "");
    }

    private void leaveOut(Slot slot) {
        ImageProblem problem = slot.problem() == null ? ImageProblem.UNREACHABLE : slot.problem();
        leaveOut(slot.place(), slot.url(), problem, slot.reason());
    }

    private void leaveOut(int place, String url, ImageProblem problem, String reason) {
        book.refused(problem);
        leftOut.add(item, place, url, problem, reason);
        LOG.warn(
                "Picture {} of {} {} is left out at {}: {}",
                cut(url),
                item.path("supplier").asText(),
                item.path("sku").asText(),
                item.path("market").asText(),
                reason);
    }

    /** Forgets the addresses that were remembered from before; without any, the refusal stands. */
    static JsonNode lost(JsonNode call, Consumer<List<String>> forget) {
        List<String> urls = new ArrayList<>();
        call.path("item").path("pictures").forEach(picture -> {
            if (picture.path("remembered").asBoolean()) {
                urls.add(picture.path("hosted").asText());
            }
        });
        if (urls.isEmpty()) {
            return call;
        }
        forget.accept(urls);
        ObjectNode again = call.deepCopy();
        return again.put("outcome", "retry")
                .put(
                        "reason",
                        "pictures that were uploaded before are uploaded again: "
                                + call.path("reason").asText());
    }

    private ObjectNode result(String outcome, String reason) {
        ObjectNode result =
                JsonNodeFactory.instance.objectNode().put("outcome", outcome).put("reason", reason);
        result.set("item", item);
        return result;
    }

    private static String cut(String text) {
        String line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > REASON ? line.substring(0, REASON) + "…" : line;
    }
}
