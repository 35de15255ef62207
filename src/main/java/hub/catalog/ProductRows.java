package hub.catalog;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Batches as the parameters of {@link ProductSql}: an array a column. */
final class ProductRows {

    private ProductRows() {}

    static PreparedStatement products(Connection connection, String sql, String supplier, List<Product> batch)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, supplier);
        statement.setArray(2, texts(statement, batch, Product::sku));
        statement.setArray(3, texts(statement, batch, Product::state));
        statement.setArray(4, texts(statement, batch, Product::name));
        statement.setArray(5, texts(statement, batch, Product::category));
        statement.setArray(6, bytes(statement, batch, Product::json));
        statement.setArray(7, bytes(statement, batch, Product::contentHash));
        statement.setArray(8, bytes(statement, batch, Product::hash));
        return statement;
    }

    static PreparedStatement stocks(Connection connection, String sql, String supplier, List<Product> batch)
            throws SQLException {
        List<String> skus = new ArrayList<>();
        List<Stock> stocks = new ArrayList<>();
        for (Product product : batch) {
            for (Stock stock : product.stocks()) {
                skus.add(product.sku());
                stocks.add(stock);
            }
        }
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setString(1, supplier);
        statement.setArray(2, texts(statement, skus, sku -> sku));
        statement.setArray(3, texts(statement, stocks, Stock::optionKey));
        statement.setArray(4, array(statement, "int8", stocks.stream().map(Stock::costWon)));
        statement.setArray(5, array(statement, "int4", stocks.stream().map(Stock::stock)));
        return statement;
    }

    /** As bytes: the driver would count what each text takes in UTF-8 before it writes it, dear in Korean. */
    static <T> Array texts(PreparedStatement statement, List<T> of, Function<T, String> text) throws SQLException {
        return bytes(statement, of, item -> text.apply(item).getBytes(StandardCharsets.UTF_8));
    }

    private static <T> Array bytes(PreparedStatement statement, List<T> of, Function<T, byte[]> hash)
            throws SQLException {
        return statement
                .getConnection()
                .createArrayOf("bytea", of.stream().map(hash).toArray(byte[][]::new));
    }

    private static Array array(PreparedStatement statement, String type, Stream<?> values) throws SQLException {
        return statement.getConnection().createArrayOf(type, values.toArray());
    }
}
