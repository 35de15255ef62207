package hub.mapping;

/** Final: an item that is no product. Carries where and why; the rest of its page is stored. */
final class ItemRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final String value;
    private final String remedy;

    ItemRefusedException(String path, String reason, String value, String remedy) {
        super(reason);
        this.path = path;
        this.value = value.length() > 200 ? value.substring(0, 200) : value;
        this.remedy = remedy;
    }

    String path() {
        return path;
    }

    String value() {
        return value;
    }

    String remedy() {
        return remedy;
    }
}
