package hub.catalog;

/** What a byte that is no character of its charset is read to, where it shall cost its own item and not the page. */
public final class BrokenByte {

    /** A noncharacter, which no text of anybody holds. */
    public static final char MARK = '\uFDD0';

    private BrokenByte() {}
}
