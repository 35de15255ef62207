/** What a product costs on a market: rules in whole won, each price with its proof. */
@NullMarked
package hub.pricing;

import org.jspecify.annotations.NullMarked;
