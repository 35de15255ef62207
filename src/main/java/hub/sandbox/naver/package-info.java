/**
 * Naver Commerce as the hub sees it: one smart store whose goods are on sale at once and whose buyers order, change
 * their mind and get their parcels.
 *
 * <p>Source: Naver Commerce API, text of 2026-03-13. Refuses what the partner refuses; where the partner's text is
 * silent, the class that decides says what it chose.
 */
@NullMarked
package hub.sandbox.naver;

import org.jspecify.annotations.NullMarked;
