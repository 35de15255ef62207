package hub.catalog;

import hub.restore.Restores;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * The hash of every product as it was last stored, in Redis: what is known need not go to Postgres again. Behind it the
 * hash of the item that it came from: what is sent exactly as before need not even be mapped.
 *
 * <p>Compared by value, never as a set of hashes seen: a price that returns to an old value is a change. A hash is
 * remembered after the commit only. Without Redis everything counts as changed, and Postgres compares. One round trip a
 * batch. Thread-safe.
 */
@Component
public class KnownProducts {

    private static final Logger LOG = LoggerFactory.getLogger(KnownProducts.class);

    /** Bytes of the hash of an item. */
    private static final int SOURCE = 16;

    private final StringRedisTemplate redis;
    private final StoreCount stores;
    private final Restores restores;
    private final Set<String> outdated = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> setBacks = new ConcurrentHashMap<>();

    KnownProducts(StringRedisTemplate redis, StoreCount stores, Restores restores) {
        this.redis = redis;
        this.stores = stores;
        this.restores = restores;
    }

    /**
     * Drops what is known of a supplier if Postgres was set back behind what Redis was told that it had stored: it
     * would never be stored again. To be called before a pull begins.
     */
    void dropIfSetBack(String supplier) {
        // Redis first: more may be committed meanwhile, and Postgres is told before Redis.
        onRedis(connection -> connection.hashCommands().hGetAll(storesKey(supplier)))
                .orElse(Map.of())
                .forEach((row, count) -> stores.committed(supplier, (int) number(row), number(count)));
        if (stores.isSetBack(supplier)) {
            setBack(supplier);
        }
    }

    /**
     * Drops what is known of a supplier if Postgres was set back while a pull ran.
     *
     * @param before how often it was when the pull began
     * @throws SetBackException if it was since then
     */
    void refuseIfSetBack(String supplier, int before) {
        if (setBacks(supplier) == before && stores.isSetBack(supplier)) {
            setBack(supplier);
        }
        if (setBacks(supplier) != before) {
            throw new SetBackException(supplier);
        }
    }

    /** How often Postgres was set back behind what this process knows. */
    int setBacks(String supplier) {
        return setBacks.getOrDefault(supplier, 0);
    }

    /** Drops what is known of a supplier because Postgres was set back: it would never be stored again. */
    void setBack(String supplier) {
        LOG.warn(
                "{}: Postgres has stored less of it than Redis was told, so it was set back, such as to a backup; every"
                        + " product is compared there once",
                supplier);
        restores.found("it has stored less of " + supplier + " than Redis was told");
        setBacks.merge(supplier, 1, Integer::sum);
        stores.forget(supplier);
        outdated.add(supplier);
        dropOutdated(supplier);
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
        List<Product> resent = new ArrayList<>();
        for (int i = 0; i < products.size(); i++) {
            Product product = products.get(i);
            byte[] before = known.get(i);
            if (!isHash(before, product.hash())) {
                changed.add(product);
            } else if (product.sent() != null
                    && !isSource(before, product.sent().hash())) {
                resent.add(product);
            }
        }
        remember(resent);
        return changed;
    }

    /** What is known of each: of those whose item was asked for as it came, what was found then. */
    private List<byte[]> known(String supplier, List<Product> products) {
        List<Sent> sent =
                products.stream().map(Product::sent).filter(Objects::nonNull).toList();
        if (sent.size() == products.size()) {
            return sent.stream().map(Sent::known).toList();
        }
        List<String> skus = products.stream().map(Product::sku).toList();
        return known(supplier, products.get(0).summary(), skus);
    }

    /**
     * The items as they were sent, each with what is known of its product.
     *
     * @param sources hashes of the items, in the order of their skus
     */
    public List<Sent> sent(String supplier, List<String> skus, List<byte[]> sources) {
        List<byte[]> known = known(supplier, false, skus);
        List<Sent> sent = new ArrayList<>(skus.size());
        for (int i = 0; i < skus.size(); i++) {
            sent.add(new Sent(sources.get(i), known.get(i)));
        }
        return sent;
    }

    /** Whether an item was stored as it is and what came of it is still known. */
    public boolean isKnown(Sent item) {
        return isSource(item.known(), item.hash());
    }

    /**
     * Remembers what is committed of a batch: all but what was left out, or Postgres refused: of that nothing is known.
     */
    public void remember(List<Product> batch, Upserted upserted) {
        if (upserted.refused().isEmpty() && upserted.leftOut().isEmpty()) {
            remember(batch);
            return;
        }
        remember(batch.stream()
                .filter(product -> !upserted.refused().contains(product.sku()))
                .filter(product -> !upserted.leftOut().contains(product.sku()))
                .toList());
        forget(batch.get(0).supplier(), List.copyOf(upserted.refused()));
    }

    void remember(List<Product> committed) {
        if (committed.isEmpty()) {
            return;
        }
        IdentityHashMap<byte[], byte[]> hashes = new IdentityHashMap<>();
        committed.forEach(product -> hashes.put(bytes(product.sku()), value(product)));
        String supplier = committed.get(0).supplier();
        byte[] key = key(supplier, committed.get(0).summary());
        IdentityHashMap<byte[], byte[]> stored = new IdentityHashMap<>();
        stores.committed(supplier).forEach((row, count) -> stored.put(bytes(row.toString()), bytes(count.toString())));
        change(supplier, connection -> {
            // First: of what is known without it, nobody would see that Postgres lost it.
            if (!stored.isEmpty()) {
                connection.hashCommands().hMSet(storesKey(supplier), stored);
            }
            connection.hashCommands().hMSet(key, hashes);
        });
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
        byte[][] keys = {key(supplier, false), key(supplier, true), storesKey(supplier)};
        if (outdated.contains(supplier)
                && onRedis(connection -> connection.keyCommands().del(keys)).isPresent()) {
            outdated.remove(supplier);
        }
    }

    private static byte[] value(Product product) {
        byte[] hash = product.hash();
        if (product.sent() == null) {
            return hash;
        }
        byte[] source = product.sent().hash();
        byte[] value = Arrays.copyOf(hash, hash.length + source.length);
        System.arraycopy(source, 0, value, hash.length, source.length);
        return value;
    }

    private static boolean isHash(byte @Nullable [] value, byte[] hash) {
        return value != null
                && (value.length == hash.length || value.length == hash.length + SOURCE)
                && Arrays.equals(value, 0, hash.length, hash, 0, hash.length);
    }

    private static boolean isSource(byte @Nullable [] value, byte[] source) {
        return value != null
                && value.length > SOURCE
                && Arrays.equals(value, value.length - SOURCE, value.length, source, 0, source.length);
    }

    private List<byte[]> known(String supplier, boolean summaries, List<String> skus) {
        if (skus.isEmpty()) {
            return List.of();
        }
        dropOutdated(supplier);
        if (outdated.contains(supplier)) {
            return nothing(skus.size());
        }
        byte[][] fields = skus.stream().map(KnownProducts::bytes).toArray(byte[][]::new);
        byte[] key = key(supplier, summaries);
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

    private static byte[] key(String supplier, boolean summary) {
        return bytes("hub:known:" + supplier + (summary ? ":list" : ""));
    }

    private static long number(byte[] text) {
        return Long.parseLong(new String(text, StandardCharsets.UTF_8));
    }

    private static byte[] storesKey(String supplier) {
        return bytes("hub:stores:" + supplier);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
