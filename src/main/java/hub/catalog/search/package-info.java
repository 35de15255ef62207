/** Finding products: what may be asked, the statement it becomes, and pages by keyset. */
@NullMarked
package hub.catalog.search;

import org.jspecify.annotations.NullMarked;
