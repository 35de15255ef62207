/** Ownerclan as its seller API shows it: GraphQL over an invented catalogue, and orders against a prepaid balance. */
@NullMarked
package hub.sandbox.ownerclan;

import org.jspecify.annotations.NullMarked;
