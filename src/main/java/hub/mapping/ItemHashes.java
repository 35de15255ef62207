package hub.mapping;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** 128-bit hashes of items as they were sent: they tell one item from its former self, not friend from foe. */
final class ItemHashes {

    private static final Hasher128 HASHER = Hashing.murmur3_128();

    private ItemHashes() {}

    /** The hash of each item, and of {@code seed}, which it depends on too; 16 bytes. */
    static List<byte[]> of(List<JsonNode> items, byte[] seed) {
        HashStream128 hash = HASHER.hashStream();
        List<byte[]> hashes = new ArrayList<>(items.size());
        for (JsonNode item : items) {
            hash.reset();
            hash.putByteArray(seed);
            put(item, hash);
            hashes.add(hash.get().toByteArray());
        }
        return hashes;
    }

    /**
     * Each value behind its kind, and lists and objects before their size: what differs does not come to one stream.
     */
    private static void put(JsonNode value, HashStream128 hash) {
        hash.putByte((byte) value.asToken().id());
        switch (value.getNodeType()) {
            case OBJECT -> putFields(value, hash);
            case ARRAY -> {
                hash.putInt(value.size());
                value.forEach(element -> put(element, hash));
            }
            default -> putScalar(value, hash);
        }
    }

    private static void putFields(JsonNode object, HashStream128 hash) {
        hash.putInt(object.size());
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            putText(field.getKey(), hash);
            put(field.getValue(), hash);
        }
    }

    private static void putScalar(JsonNode value, HashStream128 hash) {
        if (value.isInt() || value.isLong()) {
            hash.putLong(value.longValue());
        } else {
            putText(value.asText(), hash);
        }
    }

    private static void putText(String text, HashStream128 hash) {
        hash.putInt(text.length());
        hash.putChars(text);
    }
}
