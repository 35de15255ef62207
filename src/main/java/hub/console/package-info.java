/** What operators see: pages and HTTP API, who may see them, business meters, and the start banner. */
@NullMarked
package hub.console;

import org.jspecify.annotations.NullMarked;
