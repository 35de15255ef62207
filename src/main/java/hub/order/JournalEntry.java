package hub.order;

/**
 * One change.
 *
 * @param kind what was changed, such as {@code line} or {@code purchase}
 * @param key which one; never personal data
 * @param from the state before, empty for something new
 * @param actor who did it: a user, or the part of the hub
 */
public record JournalEntry(String kind, String key, String from, String to, String reason, String actor) {}
