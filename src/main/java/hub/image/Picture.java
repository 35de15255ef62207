package hub.image;

/**
 * A picture as a market gets it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param saved bytes fewer than the file it was made of; 0 when it grew or went as it was
 */
public record Picture(byte[] bytes, PictureFormat format, int width, int height, long saved) {}
