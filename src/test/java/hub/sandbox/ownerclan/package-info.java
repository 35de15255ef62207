@NullMarked
package hub.sandbox.ownerclan;

import org.jspecify.annotations.NullMarked;
