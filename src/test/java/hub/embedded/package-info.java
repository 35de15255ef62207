@NullMarked
package hub.embedded;

import org.jspecify.annotations.NullMarked;
