/** What suppliers offer: products, their stock, what is already known of them, and how far a pull has come. */
@NullMarked
package hub.catalog;

import org.jspecify.annotations.NullMarked;
