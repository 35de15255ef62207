package hub.catalog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * The hash of every product as it was last stored, in Redis: what is known need not go to Postgres again.
 *
 * <p>Compared by value, never as a set of hashes seen: a price that returns to an old value is a change. A hash is
 * remembered after the commit only. Without Redis everything counts as changed, and Postgres compares. One round trip a
 * batch. Thread-safe.
 */
@Component
public class KnownProducts {

    private static final Logger LOG = LoggerFactory.getLogger(KnownProducts.class);

    private final StringRedisTemplate redis;
    private final Set<String> outdated = ConcurrentHashMap.newKeySet();

    KnownProducts(StringRedisTemplate redis) {
        this.redis = redis;
    }

    /** The products of a batch that are not known as they are now; of two with one sku, the later. */
    public List<Product> changed(List<Product> batch) {
        if (batch.isEmpty()) {
            return batch;
        }
        String supplier = batch.get(0).supplier();
        Map<String, Product> bySku = new LinkedHashMap<>();
        batch.forEach(product -> bySku.put(product.sku(), product));
        List<Product> products = List.copyOf(bySku.values());
        List<byte[]> known = known(supplier, products);
        List<Product> changed = new ArrayList<>();
        for (int i = 0; i < products.size(); i++) {
            if (!Arrays.equals(known.get(i), products.get(i).hash())) {
                changed.add(products.get(i));
            }
        }
        return changed;
    }

    /** Remembers a batch that is committed. */
    public void remember(List<Product> committed) {
        if (committed.isEmpty()) {
            return;
        }
        IdentityHashMap<byte[], byte[]> hashes = new IdentityHashMap<>();
        committed.forEach(product -> hashes.put(bytes(product.sku()), product.hash()));
        String supplier = committed.get(0).supplier();
        byte[] key = key(supplier, committed);
        change(supplier, connection -> connection.hashCommands().hMSet(key, hashes));
    }

    /** Makes products unknown, so that they are stored again when they come back as they were. */
    public void forget(String supplier, List<String> skus) {
        if (skus.isEmpty()) {
            return;
        }
        byte[][] fields = skus.stream().map(KnownProducts::bytes).toArray(byte[][]::new);
        change(supplier, connection -> {
            connection.hashCommands().hDel(key(supplier, false), fields);
            connection.hashCommands().hDel(key(supplier, true), fields);
        });
    }

    /** A change that Redis did not take leaves old hashes there: all of the supplier are dropped when it is back. */
    private void change(String supplier, Consumer<RedisConnection> write) {
        Optional<Boolean> taken = onRedis(connection -> {
            write.accept(connection);
            return true;
        });
        if (taken.isEmpty()) {
            outdated.add(supplier);
        }
    }

    private void dropOutdated(String supplier) {
        byte[][] keys = {key(supplier, false), key(supplier, true)};
        if (outdated.contains(supplier)
                && onRedis(connection -> connection.keyCommands().del(keys)).isPresent()) {
            outdated.remove(supplier);
        }
    }

    private List<byte[]> known(String supplier, List<Product> products) {
        if (products.isEmpty()) {
            return List.of();
        }
        dropOutdated(supplier);
        if (outdated.contains(supplier)) {
            return nothing(products.size());
        }
        byte[][] fields = products.stream().map(p -> bytes(p.sku())).toArray(byte[][]::new);
        byte[] key = key(supplier, products);
        List<byte[]> known = onRedis(connection -> connection.hashCommands().hMGet(key, fields))
                .orElse(List.of());
        return known.size() == fields.length ? known : nothing(fields.length);
    }

    private static List<byte[]> nothing(int products) {
        return Arrays.asList(new byte[products][]);
    }

    private <T> Optional<T> onRedis(RedisCallback<T> call) {
        try {
            return Optional.ofNullable(redis.execute(call));
        } catch (DataAccessException e) {
            LOG.warn("Redis does not answer ({}); every product is compared in Postgres until it does", e.getMessage());
            return Optional.empty();
        }
    }

    private static byte[] key(String supplier, List<Product> products) {
        return key(supplier, products.get(0).summary());
    }

    private static byte[] key(String supplier, boolean summary) {
        return bytes("hub:known:" + supplier + (summary ? ":list" : ""));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
