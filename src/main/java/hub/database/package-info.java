/** What of Postgres costs time or goes wrong: slow statements with advice, indexes, dead rows, partitions, the pool. */
@NullMarked
package hub.database;

import org.jspecify.annotations.NullMarked;
