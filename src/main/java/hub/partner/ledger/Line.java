package hub.partner.ledger;

import java.time.Instant;

/**
 * What calls are counted together by.
 *
 * @param kind the class of their answers, such as {@code ok}; see {@link CallLedger}
 */
record Line(Instant minute, String partner, String operation, String kind) {}
