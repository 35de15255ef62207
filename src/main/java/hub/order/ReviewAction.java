package hub.order;

import java.util.Arrays;

/** What a person may do with a line in REVIEW. */
public enum ReviewAction {
    RESUME("resume"),
    CANCEL("cancel"),
    BUY_AGAIN("buyAgain");

    private final String label;

    ReviewAction(String label) {
        this.label = label;
    }

    /** As pages and the API name it. */
    public String label() {
        return label;
    }

    static ReviewAction of(String label) {
        return Arrays.stream(values())
                .filter(action -> action.label.equals(label))
                .findFirst()
                .orElseThrow(() -> ReviewRefusedException.action(label));
    }
}
