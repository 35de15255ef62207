/**
 * PostgreSQL and Redis that the hub brings along, so that it runs on a machine where nothing is installed.
 *
 * <p>Of the libraries only the binaries are used: zonky's own launcher switches durability off and starts a fresh
 * directory, and neither library knows what to do with servers that a killed hub left behind.
 */
@NullMarked
package hub.embedded;

import org.jspecify.annotations.NullMarked;
