/**
 * Ranges of a catalogue that a person wants read again, beside the usual pulls and without touching where they stand.
 */
@NullMarked
package hub.catalog.backfill;

import org.jspecify.annotations.NullMarked;
