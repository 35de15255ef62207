/** What was called at partners and what it cost: counted by the minute in each process, kept in Postgres. */
@NullMarked
package hub.partner.ledger;

import org.jspecify.annotations.NullMarked;
