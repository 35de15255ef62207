package hub.catalog;

/** Postgres was set back while a supplier was read: what was read of it before may be lost, and is read again. */
public final class SetBackException extends RuntimeException {

    SetBackException(String supplier) {
        super(supplier
                + ": Postgres has lost what was stored of it, so it was set back, such as to a backup; the supplier"
                + " is read again from where that had read to, and every product is compared there once");
    }
}
