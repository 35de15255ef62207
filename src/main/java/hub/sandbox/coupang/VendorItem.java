package hub.sandbox.coupang;

/** One option that can be bought. Money in won. */
final class VendorItem implements Shelf.Thing {

    long id;
    long itemId;
    long sellerProductId;
    long sellerProductItemId;
    long productId;
    String productName = "";
    String itemName = "";
    /** What the buyer sees, such as {@code 주방 선반, 화이트, 1개}. */
    String title = "";

    String sku = "";
    long price;
    long originalPrice;
    long stock;
    boolean onSale = true;
    boolean monitored;
    boolean deleted;

    @Override
    public long id() {
        return id;
    }

    @Override
    public long dueAt() {
        return 0;
    }

    boolean sellable() {
        return onSale && !deleted && stock > 0;
    }
}
