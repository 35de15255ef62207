package hub.image;

/**
 * A picture as a market gets it.
 *
 * @param width in pixels
 * @param height in pixels
 * @param kept whether it is the very file it was made of
 */
public record Picture(byte[] bytes, PictureFormat format, int width, int height, boolean kept) {

    static Picture asItIs(byte[] file, PictureHeader header) {
        return new Picture(file, header.format(), header.width(), header.height(), true);
    }
}
