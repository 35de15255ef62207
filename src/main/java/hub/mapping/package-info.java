/** jq: the language of requests and mappings, and the typed, bounded reading of what it gives. */
@NullMarked
package hub.mapping;

import org.jspecify.annotations.NullMarked;
