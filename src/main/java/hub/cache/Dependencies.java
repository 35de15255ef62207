package hub.cache;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What outdates what, over any number of steps: where a hangs on b and b on c, c outdates a. Circles end where they
 * began. They stand in the options, so that every process knows the same, also one that was started anew. Thread-safe.
 */
final class Dependencies {

    private final Map<String, List<String>> outdatedBy;

    /** @param outdatedBy by tag, the tags that outdate it; a kind is a tag, too */
    Dependencies(Map<String, List<String>> outdatedBy) {
        this.outdatedBy = outdatedBy;
    }

    /** Everything that an answer hangs on: its kind, its tags, and what those hang on. */
    List<String> of(String kind, List<String> tags) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>();
        open.add(kind);
        open.addAll(tags);
        while (!open.isEmpty()) {
            String tag = open.poll();
            if (all.add(tag)) {
                open.addAll(outdatedBy.getOrDefault(tag, List.of()));
            }
        }
        return new ArrayList<>(all);
    }
}
