@NullMarked
package hub.sandbox;

import org.jspecify.annotations.NullMarked;
