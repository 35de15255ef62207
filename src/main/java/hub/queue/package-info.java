/** Work that waits for a partner: jobs in Postgres with priority, lease, fence and dead letters. */
@NullMarked
package hub.queue;

import org.jspecify.annotations.NullMarked;
