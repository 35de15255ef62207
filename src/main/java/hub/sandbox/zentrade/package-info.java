/**
 * Zentrade (젠트레이드): two EUC-KR pages to read from, and a clerk who types in hand-off files, for there is no order API.
 */
@NullMarked
package hub.sandbox.zentrade;

import org.jspecify.annotations.NullMarked;
