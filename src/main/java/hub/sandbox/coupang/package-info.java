/**
 * The Coupang WING Open API as a simulator: products, orders and claims of one vendor, and the buyers.
 *
 * <p>Source: developers.coupangcorp.com, text of 2026-05-28; what is not documented there is marked as a guess.
 */
@NullMarked
package hub.sandbox.coupang;

import org.jspecify.annotations.NullMarked;
