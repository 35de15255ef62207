/** Several processes of the hub over one Postgres: which of them reads which partner. */
@NullMarked
package hub.cluster;

import org.jspecify.annotations.NullMarked;
