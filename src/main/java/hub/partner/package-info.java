/**
 * The partners we call: their settings, who we are to them, and one call with its bounds and the class of its answer.
 */
@NullMarked
package hub.partner;

import org.jspecify.annotations.NullMarked;
