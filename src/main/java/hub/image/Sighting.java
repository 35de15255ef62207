package hub.image;

import org.jspecify.annotations.Nullable;

/**
 * What lies at the address of a picture.
 *
 * @param bytes how many it has
 * @param file null: its bytes were not fetched now, what is said of it was seen before
 */
record Sighting(String contentHash, PictureHeader header, int bytes, byte @Nullable [] file) {}
