/** How partners want calls signed: one class a scheme, pure functions of what goes in. */
@NullMarked
package hub.signing;

import org.jspecify.annotations.NullMarked;
