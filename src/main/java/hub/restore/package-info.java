/** What is done differently after Postgres was set back to a backup. */
@NullMarked
package hub.restore;

import org.jspecify.annotations.NullMarked;
