/** Domeggook (도매꾹/도매매): one JSON endpoint with loose types, prepaid orders in a pipe form, no idempotency. */
@NullMarked
package hub.sandbox.domeggook;

import org.jspecify.annotations.NullMarked;
