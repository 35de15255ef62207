package hub.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Many new products at once, by {@code COPY}: Postgres looks for no conflict and fills whole pages.
 *
 * <p>Works in the caller's transaction. All or nothing: a row that Postgres refuses, or that somebody else inserted
 * meanwhile, fails the transaction, and the caller writes the batch in its usual way.
 */
final class FirstLoads {

    /** New products from which a {@code COPY} pays; fewer are inserted with the rest. */
    private static final int FROM = 100;

    /**
     * In the order that an upsert writes in; row by row over the key, for a join would be planned for an empty table.
     */
    private static final String KNOWN = """
            select i.sku, (select true from product p where p.supplier = ? and p.sku = i.sku) is true
            from (select convert_from(sku, 'UTF8') as sku from unnest(?::bytea[]) as t (sku)) i
            order by i.sku
            """;

    private static final String PRODUCTS =
            "copy product (supplier, sku, state, name, category, content, content_hash) from stdin with (format binary)";

    private static final String STOCKS =
            "copy product_stock (supplier, sku, option_key, cost_won, stock) from stdin with (format binary)";

    private final JdbcTemplate jdbc;

    /** Suppliers whose last batch was all new: the next is copied without asking. */
    private final Set<String> loading = ConcurrentHashMap.newKeySet();

    FirstLoads(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A batch of many whole products of one supplier in the order they are to be written in, if all of them are new;
     * empty, where an upsert is the way.
     */
    List<Product> of(String supplier, List<Product> batch) {
        if (batch.size() < FROM) {
            return List.of();
        }
        if (loading.contains(supplier)) {
            return batch.stream().sorted(Comparator.comparing(Product::sku)).toList();
        }
        List<Product> fresh = fresh(supplier, batch);
        if (fresh.size() < batch.size()) {
            return List.of();
        }
        loading.add(supplier);
        return fresh;
    }

    /** A batch that was to be copied was refused: from now on Postgres is asked again what is new. */
    void refused(String supplier) {
        loading.remove(supplier);
    }

    /** The products of a batch that are new, in the order they are to be written in. */
    List<Product> fresh(String supplier, List<Product> batch) {
        Map<String, Product> bySku = new HashMap<>();
        batch.forEach(product -> bySku.put(product.sku(), product));
        List<Product> fresh = new ArrayList<>(batch.size());
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(KNOWN);
                    statement.setString(1, supplier);
                    statement.setArray(2, ProductRows.texts(statement, batch, Product::sku));
                    return statement;
                },
                row -> {
                    if (!row.getBoolean(2)) {
                        fresh.add(Objects.requireNonNull(bySku.get(row.getString(1))));
                    }
                });
        return fresh;
    }

    /**
     * Stores new products, their costs and stocks.
     *
     * @param fresh as {@link #of} gave them
     * @throws DataIntegrityViolationException if one of them cannot be stored; the transaction is to be given up
     */
    void write(List<Product> fresh) {
        String supplier = fresh.get(0).supplier();
        copy(PRODUCTS, supplier, rows -> {
            for (Product product : fresh) {
                rows.product(product);
            }
        });
        copy(STOCKS, supplier, rows -> {
            for (Product product : fresh) {
                rows.stocks(product);
            }
        });
        jdbc.update(
                "insert into product_name_due (supplier, skus) values (?, ?)",
                supplier,
                fresh.stream().map(Product::sku).toArray(String[]::new));
    }

    private void copy(String sql, String supplier, Content content) {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            try {
                Rows rows = new Rows(copy, supplier);
                content.write(rows);
                rows.end();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
            return null;
        });
    }

    private interface Content {
        void write(Rows rows) throws SQLException;
    }

    /** Rows in the binary format of {@code COPY}: each value behind its length in bytes, null as -1. */
    private static final class Rows {

        /** Bytes sent together; much more would be slow to get rid of for the garbage collector. */
        private static final int TOGETHER = 1 << 16;

        private static final byte[] HEAD = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
        private static final byte JSONB_VERSION = 1;
        private final CopyIn copy;
        private final byte[] supplier;
        private final ByteBuffer buffer = ByteBuffer.allocate(TOGETHER);

        Rows(CopyIn copy, String supplier) {
            this.copy = copy;
            this.supplier = supplier.getBytes(StandardCharsets.UTF_8);
            buffer.put(HEAD);
            buffer.putInt(0); // no flags
            buffer.putInt(0); // nothing more before the rows
        }

        void product(Product product) throws SQLException {
            fields(7);
            bytes(supplier);
            text(product.sku());
            text(product.state());
            text(product.name());
            text(product.category());
            room(Integer.BYTES + Byte.BYTES);
            buffer.putInt(Byte.BYTES + product.json().length).put(JSONB_VERSION);
            put(product.json());
            bytes(product.contentHash());
        }

        void stocks(Product product) throws SQLException {
            for (Stock stock : product.stocks()) {
                fields(5);
                bytes(supplier);
                text(product.sku());
                text(stock.optionKey());
                room(Integer.BYTES + Long.BYTES);
                buffer.putInt(Long.BYTES).putLong(stock.costWon());
                pieces(stock.stock());
            }
        }

        void end() throws SQLException {
            fields(-1);
            send();
            copy.endCopy();
        }

        private void fields(int count) throws SQLException {
            room(Short.BYTES);
            buffer.putShort((short) count);
        }

        private void pieces(@Nullable Integer pieces) throws SQLException {
            room(2 * Integer.BYTES);
            if (pieces == null) {
                buffer.putInt(-1);
            } else {
                buffer.putInt(Integer.BYTES).putInt(pieces);
            }
        }

        private void text(String text) throws SQLException {
            bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        private void bytes(byte[] value) throws SQLException {
            room(Integer.BYTES);
            buffer.putInt(value.length);
            put(value);
        }

        private void put(byte[] value) throws SQLException {
            room(value.length);
            if (value.length > buffer.remaining()) {
                copy.writeToCopy(value, 0, value.length);
            } else {
                buffer.put(value);
            }
        }

        /** Sends what is there when the next bytes have no room behind it. */
        private void room(int bytes) throws SQLException {
            if (buffer.remaining() < bytes) {
                send();
            }
        }

        private void send() throws SQLException {
            copy.writeToCopy(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
    }
}
