package hub.catalog;

/**
 * Told what is committed, so that answers which were kept are not given any longer. It must not throw, nor wait long.
 */
public interface WriteWatch {

    /** Nobody keeps answers. */
    WriteWatch NOBODY = new WriteWatch() {
        @Override
        public void written(String supplier) {}

        @Override
        public void named() {}
    };

    /** Products of a supplier may be other than before. Once a commit, not once a row. */
    void written(String supplier);

    /** Searches may find products by other names than before. */
    void named();
}
