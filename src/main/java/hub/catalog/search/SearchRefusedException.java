package hub.catalog.search;

/** Final: what was asked cannot be answered; says what, why, and what to do. */
public final class SearchRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String why;
    private final String remedy;

    SearchRefusedException(String what, String why, String remedy) {
        super(what + ": " + why + "; " + remedy);
        this.what = what;
        this.why = why;
        this.remedy = remedy;
    }

    public String what() {
        return what;
    }

    public String why() {
        return why;
    }

    public String remedy() {
        return remedy;
    }
}
