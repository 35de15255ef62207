package hub.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** 128-bit hashes of items as they were sent: they tell one item from its former self, not friend from foe. */
final class ItemHashes {

    private static final JsonFactory JSON = new ObjectMapper().getFactory();

    private ItemHashes() {}

    /** The hash of each item, and of {@code seed}, which it depends on too. */
    static List<byte[]> of(List<JsonNode> items, byte[] seed) {
        Buffer text = new Buffer();
        List<byte[]> hashes = new ArrayList<>(items.size());
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (JsonNode item : items) {
                generator.writeTree(item);
                generator.flush();
                digest.update(seed);
                hashes.add(text.digest(digest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException | DigestException e) {
            throw new IllegalStateException(e);
        }
        return hashes;
    }

    /** What was written since the last hash. */
    private static final class Buffer extends ByteArrayOutputStream {
        byte[] digest(MessageDigest digest) throws DigestException {
            digest.update(buf, 0, count);
            count = 0;
            return digest.digest();
        }
    }
}
